package imageservice.formats;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import imageservice.formats.compress.Gzip;
import imageservice.formats.squashfs.SquashfsFormat;
import imageservice.formats.squashfs.SquashfsPath;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final String[] SHARED = {
    "imageservice.formats",
    "imageservice.formats.blob..",
    "imageservice.formats.struct..",
    "imageservice.formats.medium..",
    "imageservice.formats.tree..",
    "imageservice.formats.compress.."
  };

  private final JavaClasses formats =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("imageservice.formats");

  @Test
  void dependsOnTheJdkAndCompressorsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "imageservice.formats..",
            "org.tukaani.xz..",
            "com.github.luben.zstd..",
            "org.jspecify..")
        .check(formats);
  }

  /// Rooms that have this module without its compressors call it.
  @Test
  void gzipOfATextNeedsNoCompressorButItsOwn() {
    assertThat(formats.get(Gzip.class).getTransitiveDependenciesFromSelf())
        .extracting(dependency -> dependency.getTargetClass().getPackageName())
        .contains("imageservice.formats.struct")
        .noneMatch(name -> name.startsWith("org.tukaani") || name.startsWith("com.github.luben"));
  }

  @Test
  void noFormatImportsAnother() {
    slices()
        .matching("imageservice.formats.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
        .check(formats);
  }

  /// A format with a reader in a room of its own is still one format.
  @Test
  void writersDoNotUseTheReader() {
    noClasses()
        .that()
        .resideOutsideOfPackage("imageservice.formats.*.reader..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("imageservice.formats.*.reader..")
        .check(formats);
  }

  @Test
  void theSquashfsReaderSharesOnlyNumbersAndPathsWithTheWriter() {
    noClasses()
        .that()
        .resideInAPackage("imageservice.formats.squashfs.reader")
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice.formats.squashfs")
                .and(not(belongToAnyOf(SquashfsFormat.class, SquashfsPath.class))))
        .check(formats);
  }

  @Test
  void sharedRoomsKnowNoFormat() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED)
        .should()
        .dependOnClassesThat(
            resideInAPackage("imageservice.formats..").and(not(resideInAnyPackage(SHARED))))
        .check(formats);
  }

  @Test
  void noClockRandomnessEnvironmentOrLogging() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
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
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(formats);
  }
}
