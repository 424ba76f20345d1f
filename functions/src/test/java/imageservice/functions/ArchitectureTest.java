package imageservice.functions;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final String OF_A_TECHNOLOGY =
      "imageservice\\.functions\\.(AwsWiring|[A-Z][A-Za-z]*Function|http\\.GatewayFunction|[a-z]+\\.(S3|Dynamo|Lambda)[A-Za-z0-9]*)([$].*)?";

  private final JavaClasses functions =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.functions");

  @Test
  void dependsOnCoreAndLedgerOnly() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            "imageservice.functions..",
                            "imageservice.configuration",
                            "imageservice.release",
                            "imageservice.asset",
                            "imageservice.plan",
                            "imageservice.choice",
                            "imageservice.json",
                            "imageservice.ledger"))))
        .check(functions);
  }

  @Test
  void onlyClassesNamedForATechnologyImportIt() {
    noClasses()
        .that()
        .haveNameNotMatching(OF_A_TECHNOLOGY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "com.amazonaws..")
        .check(functions);
    classes()
        .that()
        .haveNameNotMatching(OF_A_TECHNOLOGY)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "imageservice..", "org.jspecify..")
        .check(functions);
  }

  @Test
  void timeRandomnessAndEnvironmentComeFromTheWiring() {
    noClasses()
        .that()
        .haveNameNotMatching("imageservice\\.functions\\.(AwsWiring|http\\.Waiting[$](1|Sleep))")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.time\\.Clock")
        .check(functions);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("imageservice.functions.(*)..").should().beFreeOfCycles().check(functions);
  }
}
