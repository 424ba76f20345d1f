package imageservice.blackbox;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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

  @Test
  void namesNoClassOfOurs() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice..")
                .and(resideOutsideOfPackage("imageservice.blackbox..")))
        .check(TESTS);
  }
}
