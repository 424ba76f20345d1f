package imageservice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/formats/"))
          .importPackages("imageservice");

  @Test
  void dependsOnTheJdkAndTwoParsersOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.math..",
            "java.util..",
            "java.text..",
            "java.time..",
            "java.nio.charset..",
            "java.nio",
            "java.io..",
            "java.security..",
            "javax.crypto..",
            "imageservice..",
            "com.fasterxml.jackson..",
            "org.snakeyaml.engine..",
            "org.jspecify..")
        .check(core);
  }

  /// Plans hold META values compressed, by the deflate that images are written with.
  @Test
  void usesOfFormatsOnlyDeflateForCommandLines() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice.formats..")
                .and(not(equivalentTo(imageservice.formats.compress.Gzip.class))))
        .check(core);
    noClasses()
        .that()
        .resideOutsideOfPackage("imageservice.plan.cmdline")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.formats..")
        .check(core);
  }

  @Test
  void hasNoFilesClockRandomnessEnvironmentOrLogging() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.File.*|java\\.nio\\.file\\..*|java\\.net\\..*|java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.time\\.Clock|java\\.util\\.logging\\..*|org\\.slf4j\\..*|software\\.amazon\\..*")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .allowEmptyShould(true)
        .check(core);
  }

  @Test
  void readsYamlForConfigurationsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imageservice.configuration")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(core);
  }

  @Test
  void arrowsGoOneWay() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.configuration..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("imageservice.release..", "imageservice.asset..", "imageservice.plan..")
        .check(core);
    noClasses()
        .that()
        .resideInAPackage("imageservice.release..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "imageservice.configuration..", "imageservice.asset..", "imageservice.plan..")
        .check(core);
    noClasses()
        .that()
        .resideInAPackage("imageservice.asset..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("imageservice.plan..")
        .check(core);
    noClasses()
        .that()
        .resideInAPackage("imageservice.plan.cmdline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("imageservice.plan")
        .check(core);
    noClasses()
        .that()
        .resideOutsideOfPackage("imageservice.choice..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.choice..")
        .check(core);
    slices().matching("imageservice.(*)..").should().beFreeOfCycles().check(core);
  }
}
