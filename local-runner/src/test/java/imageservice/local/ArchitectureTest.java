package imageservice.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/packaging")) // for tests
          .importPackages("imageservice");

  @Test
  void looksAtEveryRoom() {
    assertThat(ALL.containPackage("imageservice.local")).isTrue();
    assertThat(ALL.containPackage("imageservice.functions")).isTrue();
    assertThat(ALL.containPackage("imageservice.builder")).isTrue();
  }

  @Test
  void nobodyDependsOnThisRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imageservice.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.local..")
        .check(ALL);
  }

  @Test
  void onlyThisRoomKnowsTheDemo() {
    assertThat(ALL.containPackage("imageservice.demo")).isTrue();
    noClasses()
        .that()
        .resideOutsideOfPackages("imageservice.demo..", "imageservice.local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.demo..")
        .check(ALL);
  }

  @Test
  void onlyTheStoresAndTheCheckOfLinksKnowTheProtocolsOfAws() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.local..")
        .and()
        .haveNameNotMatching(
            ".*\\.(FolderS3|FolderStorage|LinkCheck|ObjectStore|OwnLinks|Shared(Clients|Objects|Refusal|Storage|Tables))(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "org.gaul..")
        .check(ALL);
  }

  @Test
  void onlyTheTablesKnowTheirDatabase() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(MvItemTable|TableFile|Tables)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.h2..")
        .check(ALL);
  }

  @Test
  void onlyTheGatewayKnowsItsServer() {
    noClasses()
        .that()
        .haveNameNotMatching("imageservice\\.local\\.Gateway.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "com.sun.net.httpserver..")
        .check(ALL);
  }

  @Test
  void onlyEntryPointsArePublic() {
    assertThat(ALL.get("imageservice.local.Main")).isNotNull();
    noClasses()
        .that()
        .resideInAPackage("imageservice.local..")
        .and()
        .areNotAssignableTo(Main.class)
        .should()
        .bePublic()
        .check(ALL);
  }
}
