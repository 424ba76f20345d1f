package imageservice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceModuleTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aServiceThatNobodyHasIsNotOffered() throws IOException {
    Path jar =
        jar(
            "one.jar",
            Map.of(
                "a/A.class", "1",
                "a/S.class", "2",
                "META-INF/services/a.S", "a.A\n",
                "META-INF/services/java.nio.file.spi.FileSystemProvider", "a.A\n",
                "META-INF/services/java.sql.Driver", "a.A\n",
                "META-INF/services/b.Absent", "a.A\n"));
    assertThat(write(jar).provides())
        .extracting(ModuleDescriptor.Provides::service)
        .containsExactlyInAnyOrder("a.S", "java.nio.file.spi.FileSystemProvider");
  }

  @Test
  void oneModuleHasThePackagesAndServicesOfAllJars() throws IOException {
    Path one =
        jar(
            "one.jar",
            Map.of(
                "a/A.class", "1",
                "a/S.class", "4",
                "META-INF/services/a.S", "a.P # ours\n\n#\n"));
    Path two =
        jar(
            "two.jar",
            Map.of("b/c/C.class", "2", "b/data/text", "3", "META-INF/services/a.S", "b.c.Q"));
    ModuleDescriptor module = write(one, two);
    assertThat(module.name()).isEqualTo("imageservice");
    assertThat(module.isOpen()).isTrue();
    assertThat(module.packages()).containsExactlyInAnyOrder("a", "b.c", "b.data");
    assertThat(module.uses()).contains("a.S");
    assertThat(module.provides())
        .singleElement()
        .satisfies(provides -> assertThat(provides.providers()).containsExactly("a.P", "b.c.Q"));
    assertThat(folder.resolve("module/META-INF")).doesNotExist();
  }

  @Test
  void ofClassesForSeveralVersionsOfJavaTheNewestIsTaken() throws IOException {
    Path jar =
        jar(
            "versions.jar",
            Map.of(
                "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n",
                "a/A.class", "old",
                "META-INF/versions/17/a/A.class", "new",
                "META-INF/versions/17/a/B.class", "added",
                "META-INF/versions/99/a/A.class", "to come"));
    write(jar);
    assertThat(folder.resolve("module/a/B.class")).hasContent("added");
    assertThat(folder.resolve("module/a/A.class")).hasContent("new");
  }

  @Test
  void nativePartsForOtherSystemsAreLeftOut() throws IOException {
    write(
        jar(
            "native.jar",
            Map.of(
                "darwin/aarch64/lib.dylib", "1",
                "linux/aarch64/lib.so", "2",
                "linux/amd64/lib.so", "3",
                "linux/arm/lib.so", "4",
                "win/amd64/lib.dll", "5")));
    Path module = folder.resolve("module");
    assertThat(module.resolve("linux/amd64/lib.so")).hasContent("3");
    assertThat(module.resolve("linux/aarch64/lib.so")).hasContent("2");
    assertThat(module.resolve("linux/arm")).doesNotExist();
    assertThat(module.resolve("darwin")).doesNotExist();
    assertThat(module.resolve("win")).doesNotExist();
  }

  @Test
  void refusesAClassThatTwoJarsHave() throws IOException {
    Path one = jar("one.jar", Map.of("a/A.class", "1"));
    Path two = jar("two.jar", Map.of("a/A.class", "2"));
    assertThatThrownBy(() -> write(one, two)).isInstanceOf(FileAlreadyExistsException.class);
  }

  private ModuleDescriptor write(Path... jars) throws IOException {
    Path module = folder.resolve("module");
    ServiceModule.write(List.of(jars), List.of("java.base"), module);
    try (var descriptor = Files.newInputStream(module.resolve("module-info.class"))) {
      return ModuleDescriptor.read(descriptor);
    }
  }

  /// A manifest comes first.
  private Path jar(String name, Map<String, String> content) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> entry : new TreeMap<>(content).entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
