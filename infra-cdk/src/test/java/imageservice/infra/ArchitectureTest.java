package imageservice.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The stack, what a deployment needs, the builder's image, and the commands above all three.
final class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.infra");

  @ParameterizedTest
  @CsvSource({
    "imageservice.infra, imageservice.infra.preflight..",
    "imageservice.infra, imageservice.infra.image..",
    "imageservice.infra, imageservice.infra.deploy..",
    "imageservice.infra, software.amazon.awssdk..",
    "imageservice.infra.preflight, imageservice.infra.image..",
    "imageservice.infra.preflight, imageservice.infra.deploy..",
    "imageservice.infra.preflight, java.nio..",
    "imageservice.infra.preflight, software.amazon..",
    "imageservice.infra.image, imageservice.infra",
    "imageservice.infra.image, imageservice.infra.preflight..",
    "imageservice.infra.image, imageservice.infra.deploy..",
    "imageservice.infra.image, software.amazon..",
    "imageservice.infra.deploy, software.amazon.awscdk..",
    "imageservice.infra.deploy, com.google.cloud.tools.jib.."
  })
  void knowsOnlyItsNeighbours(String room, String unknown) {
    assertThat(ALL.containPackage(room)).isTrue();
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(unknown)
        .check(ALL);
  }

  /// CDK starts a program of its own as soon as one of its classes is used, and commands that only
  /// read settings would wait for it.
  @Test
  void settingsKnowNoCdk() {
    noClasses()
        .that()
        .haveNameMatching(".*\\.(Settings|FunctionsCode|Context)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awscdk..")
        .check(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "com.google.cloud.tools.jib.., Registry",
    "software.amazon.awssdk.services.., (Aws|Ecr|Kms|Lambda).*",
    "software.amazon.awssdk.http.., (Aws|CloudFormation).*"
  })
  void onlyClassesNamedForATechnologyKnowIt(String technology, String names) {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\." + names + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .check(ALL);
  }
}
