package imageservice.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final String AWS = "imageservice\\.ledger\\.(Dynamo|S3|Aws)[^.]*";

  private final JavaClasses ledger =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.ledger");

  @Test
  void dependsOnCoreAlone() {
    classes()
        .that()
        .haveNameNotMatching(AWS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.io",
            "java.nio.charset",
            "java.time",
            "java.util..",
            "imageservice.asset",
            "imageservice.json",
            "imageservice.plan",
            "imageservice.release",
            "imageservice.ledger",
            "org.jspecify..")
        .check(ledger);
  }

  @Test
  void onlyClassesNamedForAServiceKnowAws() {
    classes()
        .that()
        .haveNameMatching(AWS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.io",
            "java.util..",
            "java.net",
            "java.nio.charset",
            "java.time",
            "software.amazon.awssdk..",
            "imageservice.plan",
            "imageservice.release",
            "imageservice.ledger",
            "org.jspecify..")
        .check(ledger);
  }

  @Test
  void hasNoClockRandomnessOrEnvironment() {
    noClasses()
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.time\\.Clock")
        .check(ledger);
  }
}
