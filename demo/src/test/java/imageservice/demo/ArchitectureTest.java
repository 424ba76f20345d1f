package imageservice.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses DEMO =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.demo");

  @Test
  void looksAtSomething() {
    assertThat(DEMO).isNotEmpty();
  }

  @Test
  void dependsOnFormatsAndTheWordsOfCore() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "imageservice.demo..",
            "imageservice.formats..",
            "imageservice.asset..",
            "imageservice.json..",
            "imageservice.release..",
            "org.apache.commons.compress..",
            "org.tukaani.xz..",
            "com.github.luben.zstd..",
            "org.jspecify..")
        .check(DEMO);
  }

  @Test
  void onlyPackagesAreReadByForeignCode() {
    noClasses()
        .that()
        .haveNameNotMatching("imageservice\\.demo\\.DebianPackage(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.commons.compress..", "org.tukaani.xz..", "com.github.luben.zstd..")
        .check(DEMO);
  }

  @Test
  void noClockRandomnessEnvironmentOrProcess() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .check(DEMO);
  }
}
