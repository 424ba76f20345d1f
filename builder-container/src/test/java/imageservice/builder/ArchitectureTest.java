package imageservice.builder;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import org.junit.jupiter.api.Test;

/// Rules for rooms that may not exist yet hold for them as soon as they do.
final class ArchitectureTest {
  private static final String FETCH = "imageservice.builder.fetch..";
  private static final String LAYERS = "imageservice.builder.layers..";
  private static final String OCI = "imageservice.builder.oci..";
  private static final String CACHE = "imageservice.builder.cache..";
  private static final String SHARED = "imageservice.builder.shared..";
  private static final String MIRROR = "imageservice.builder.mirror..";
  private static final String INDEX = "imageservice.builder.index..";
  private static final String STORE = "imageservice.builder.store..";
  private static final String YAML = "imageservice.builder.yaml..";
  private static final String TRUST = "imageservice.builder.trust..";
  private static final String MATERIAL = "imageservice.builder.material..";

  private static final String WIRINGS = ".*\\.[^.]*Wiring(\\$.*)?";
  private static final String AWS_CLASSES =
      ".*\\.(S3|Dynamo|Kms)[^.]*|.*\\.[^.]*Function(\\$.*)?|" + WIRINGS;

  private static final JavaClasses BUILDER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.builder");

  @Test
  void looksAtSomething() {
    assertThat(BUILDER).isNotEmpty();
  }

  @Test
  void dependsOnCoreAndFormatsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "imageservice.functions..", "imageservice.local..", "imageservice.infra..")
        .check(BUILDER);
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "javax.net.ssl..",
            "javax.security..",
            "imageservice.builder..",
            "imageservice.formats..",
            "imageservice.ledger..",
            "imageservice.json..",
            "imageservice.yaml..",
            "imageservice.asset..",
            "imageservice.configuration..",
            "imageservice.plan..",
            "imageservice.release..",
            "imageservice.text..",
            "com.amazonaws.services.lambda.runtime..",
            "com.fasterxml.jackson..",
            "com.github.luben.zstd..",
            "org.apache.commons.compress..",
            "org.jspecify..",
            "org.tukaani.xz..",
            "org.yaml.snakeyaml..",
            "software.amazon.awssdk..")
        .check(BUILDER);
  }

  @Test
  void onlyClassesNamedForAWSImportItsSdk() {
    noClasses()
        .that()
        .haveNameNotMatching(AWS_CLASSES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "com.amazonaws..")
        .check(BUILDER);
  }

  /// Plans' material is fetched out of images' files, those out of what sources say and what is
  /// kept.
  @Test
  void sourceMaterialComesThroughRoomsInOneDirection() {
    classes()
        .that()
        .resideInAPackage(FETCH)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    FETCH, LAYERS, OCI, CACHE, TRUST, MATERIAL, "imageservice.builder.overlay..")
                .or(
                    resideOutsideOfPackages(
                        "imageservice.builder..", "software.amazon..", "com.amazonaws..")))
        .check(BUILDER);
    knowsOnly(LAYERS, LAYERS, OCI, CACHE);
    knowsOnly(OCI, OCI);
    knowsOnly(CACHE, CACHE);
    knowsOnly(SHARED, SHARED, OCI, CACHE, STORE);
    knowsOnly(MIRROR, MIRROR, FETCH, INDEX, OCI);
  }

  /// Of the builder, of what is planned, and of the cloud.
  private static void knowsOnly(String room, String... known) {
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(known)
                .or(
                    resideOutsideOfPackages(
                        "imageservice.builder..",
                        "imageservice.plan..",
                        "imageservice.configuration..",
                        "software.amazon..",
                        "com.amazonaws..")))
        .check(BUILDER);
  }

  @Test
  void onlyYamlDocumentKnowsAParserOfYaml() {
    noClasses()
        .that()
        .haveNameNotMatching("imageservice\\.builder\\.yaml\\.YamlDocument(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.dataformat..", "org.yaml.snakeyaml..", "org.snakeyaml..")
        .check(BUILDER);
    knowsOnly(YAML, YAML);
  }

  /// What ids hash is written by core; the builder writes one file with it and reads none.
  @Test
  void onlyExtensionsYamlUsesWhatWritesConfigurations() {
    noClasses()
        .that()
        .haveNameNotMatching("imageservice\\.builder\\.assemble\\.ExtensionsYaml(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.yaml..")
        .check(BUILDER);
  }

  /// Blobs, extents and checksums are everybody's; formats are the assemblers' and those who take
  /// extensions apart.
  @Test
  void formatsMeetTalosInAssembleOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "imageservice.builder.assemble..", "imageservice.builder.extension..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "imageservice.formats.cpio..",
            "imageservice.formats.squashfs..",
            "imageservice.formats.pe..",
            "imageservice.formats.linux..",
            "imageservice.formats.tpm..",
            "imageservice.formats.bmp..",
            "imageservice.formats.gpt..",
            "imageservice.formats.fat..",
            "imageservice.formats.iso9660..",
            "imageservice.formats.oci..",
            "imageservice.formats.disk..")
        .check(BUILDER);
  }

  /// What is fetched says nothing of how, and nobody but the fetcher asks a source.
  @Test
  void materialIsDataAndAssemblersFetchNothing() {
    noClasses()
        .that()
        .resideInAPackage(MATERIAL)
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice.builder..")
                .and(DescribedPredicate.not(resideInAnyPackage(MATERIAL, LAYERS))))
        .check(BUILDER);
    noClasses()
        .that()
        .resideInAnyPackage("imageservice.builder.assemble..", "imageservice.builder.extension..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FETCH, OCI, "imageservice.builder.overlay..")
        .check(BUILDER);
  }

  @Test
  void assembleKnowsNeitherStoreNorIndex() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.builder.assemble..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "imageservice.builder", "imageservice.builder.store..", "imageservice.builder.index..")
        .check(BUILDER);
  }

  /// Who verifies knows bytes and digests, and no way to fetch anything.
  @Test
  void trustKnowsTheJdkAndJsonAlone() {
    classes()
        .that()
        .resideInAPackage(TRUST)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    TRUST,
                    "java.io..",
                    "java.lang..",
                    "java.math..",
                    "java.nio",
                    "java.nio.charset..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "imageservice.json..",
                    "imageservice.text..",
                    "org.jspecify..")
                .or(equivalentTo(Digest.class))
                .or(equivalentTo(java.net.URI.class)))
        .check(BUILDER);
  }

  /// Who signs knows no image that is built, and later signs more than images.
  @Test
  void signKnowsNoOtherRoomOfTheBuilder() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.builder.sign..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("imageservice.builder..", "imageservice.formats..")
                .and(DescribedPredicate.not(resideInAPackage("imageservice.builder.sign.."))))
        .check(BUILDER);
    noClasses()
        .that()
        .haveNameMatching("imageservice\\.builder\\.sign\\.[A-Za-z]*Signer")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("imageservice\\.builder\\.sign\\.(Image|Signed|Sig|Simple)[A-Z].*")
        .check(BUILDER);
  }

  @Test
  void storeKnowsObjectsAndTheirDigestsAlone() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.builder.store..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("imageservice..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage("imageservice.builder.store..", "imageservice.formats..")
                            .or(equivalentTo(StoredObject.class))
                            .or(equivalentTo(Digest.class)))))
        .check(BUILDER);
  }

  @Test
  void indexKnowsNoPlansNorAssemblersNorStores() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.builder.index..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "imageservice.builder",
            "imageservice.builder.assemble..",
            "imageservice.builder.store..",
            "imageservice.plan..",
            "imageservice.ledger..",
            "imageservice.formats..")
        .check(BUILDER);
  }

  @Test
  void onlyRegistryClassesSpeakHttp() {
    noClasses()
        .that()
        .resideInAnyPackage(FETCH, LAYERS, OCI, CACHE)
        .and()
        .haveNameNotMatching(".*\\.Registry[^.]*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(BUILDER);
  }

  @Test
  void roomsHaveNoCycles() {
    slices()
        .matching("imageservice.builder.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(BUILDER);
  }

  @Test
  void noClockRandomnessEnvironmentOrLoggingBelowTheWiring() {
    noClasses()
        .that()
        .haveNameNotMatching(WIRINGS)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.time\\.Clock"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
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
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(BUILDER);
  }
}
