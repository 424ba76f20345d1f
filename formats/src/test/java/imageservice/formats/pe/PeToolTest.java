package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class PeToolTest {
  private static final List<Stubs.Section> OWN =
      List.of(
          new Stubs.Section(".text", 0x1000, 67_598, 0x6000_0020L),
          new Stubs.Section(".rodata", 0x12000, 20_208, 0x4000_0040L),
          new Stubs.Section(".data", 0x17000, 192, 0xC000_0040L),
          new Stubs.Section(".sbat", 0x18000, 249, 0x4000_0040L));

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @ValueSource(ints = {Stubs.AMD64, Stubs.ARM64})
  void llvmReadsTheSameHeaders(int machine) throws IOException {
    PeLayout layout = layout(machine, random(5));
    Path file = Medium.write(layout.encode(), folder.resolve("image.efi"));
    List<String> seen =
        Judge.named("llvm-readobj")
            .run("--file-headers", "--sections", file.toString())
            .accepted()
            .output()
            .lines()
            .map(String::strip)
            .toList();
    assertThat(seen)
        .contains(
            "Format: " + (machine == Stubs.AMD64 ? "COFF-x86-64" : "COFF-ARM64"),
            "TimeDateStamp: 2019-06-01 21:34:52 (0x5CF2EF7C)",
            "SizeOfCode: " + layout.optional().sizeOfCode(),
            "SizeOfInitializedData: " + layout.optional().sizeOfInitializedData(),
            "SizeOfImage: " + layout.optional().sizeOfImage(),
            "SizeOfHeaders: 1024",
            "Subsystem: IMAGE_SUBSYSTEM_EFI_APPLICATION (0xA)");
    assertThat(values(seen, "Name: "))
        .containsExactlyElementsOf(layout.sections().stream().map(s -> s.name()).toList());
    assertThat(values(seen, "VirtualAddress: "))
        .containsExactlyElementsOf(
            layout.sections().stream().map(s -> "0x%X".formatted(s.virtualAddress())).toList());
    assertThat(values(seen, "PointerToRawData: "))
        .containsExactlyElementsOf(
            layout.sections().stream().map(s -> "0x%X".formatted(s.pointerToRawData())).toList());
  }

  @Test
  void objcopyDumpsTheSameContents() throws IOException {
    List<PeSection> appended = random(12);
    Path file = Medium.write(layout(Stubs.AMD64, appended).encode(), folder.resolve("image.efi"));
    List<String> arguments = new ArrayList<>();
    for (PeSection section : appended) {
      arguments.add("--dump-section");
      arguments.add(section.name() + "=" + folder.resolve("dump" + section.name()));
    }
    arguments.addAll(List.of(file.toString(), folder.resolve("copy").toString()));
    Judge.named("objcopy").run(arguments.toArray(String[]::new)).accepted();
    for (PeSection section : appended) {
      assertThat(Files.readAllBytes(folder.resolve("dump" + section.name())))
          .isEqualTo(section.content().bytes(1 << 20));
    }
  }

  /// objcopy pads sections in memory to the file alignment, so sizes are compared rounded up.
  @Test
  void objcopyAppendsTheSameSectionsAtTheSameAddresses() throws IOException {
    List<PeSection> appended = random(9);
    PeLayout layout = layout(Stubs.AMD64, appended);
    Path ours = Medium.write(layout.encode(), folder.resolve("ours.efi"));
    Path stub = Medium.write(Stubs.of(Stubs.AMD64, 0x1000, OWN), folder.resolve("stub.efi"));
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < appended.size(); i++) {
      PeSection section = appended.get(i);
      Path content = Medium.write(section.content(), folder.resolve("content" + section.name()));
      long address = 0x1_4DF9_0000L + layout.sections().get(OWN.size() + i).virtualAddress();
      arguments.addAll(
          List.of(
              "--add-section",
              section.name() + "=" + content,
              "--change-section-vma",
              "%s=0x%x".formatted(section.name(), address)));
    }
    Path theirs = folder.resolve("theirs.efi");
    arguments.addAll(List.of(stub.toString(), theirs.toString()));
    Judge.named("objcopy").run(arguments.toArray(String[]::new)).accepted();
    assertThat(listing(ours)).isEqualTo(listing(theirs)).hasSize(OWN.size() + appended.size());
  }

  private static List<String> listing(Path image) {
    return Judge.named("objdump")
        .run("-h", image.toString())
        .accepted()
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+ \\..*"))
        .map(line -> line.split("\\s+", -1))
        .map(f -> f[1] + " " + f[3] + " " + (Long.parseLong(f[2], 16) + 511) / 512)
        .toList();
  }

  private static PeLayout layout(int machine, List<PeSection> appended) throws IOException {
    return PeLayout.append(PeImage.read(Stubs.of(machine, 0x1000, OWN)), appended, 1_559_424_892L);
  }

  private static List<String> values(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).replaceFirst(" \\(.*", ""))
        .toList();
  }

  private static List<PeSection> random(int count) {
    Random random = new Random(count);
    List<PeSection> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[1 + random.nextInt(20_000)];
      random.nextBytes(content);
      sections.add(new PeSection(".n" + i, Blob.of(content)));
    }
    return sections;
  }
}
