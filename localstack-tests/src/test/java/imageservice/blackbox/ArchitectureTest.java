package imageservice.blackbox;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter().importPackages("imageservice.blackbox");

  @Test
  void looksAtSomething() {
    assertThat(TESTS).isNotEmpty();
  }

  /// But for what starts LocalStack and what stands in for Lambda, which are no part of the
  /// service.
  @Test
  void namesNoClassOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice..")
                .and(
                    resideOutsideOfPackages(
                        "imageservice.blackbox..",
                        "imageservice.localstack..",
                        "imageservice.packaging..")))
        .check(TESTS);
  }
}
