package imageservice.formats.pe;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The headers of the reference's UKIs (Image Factory v1.5.0, `facts.py uki`), made anew from
/// nothing but the sizes of their sections. The first six sections are the stub's.
final class GoldenHeadersTest {
  private static final int STUB_SECTIONS = 6;
  private static final long EPOCH = 1_559_424_892L;

  @ParameterizedTest
  @ValueSource(strings = {"v1.9.5-amd64", "v1.11.0-arm64", "v1.11.0-amd64-profiles"})
  void headersEqualTheReference(String name) throws IOException {
    List<String> golden = lines(name);
    Map<String, String> fields = fields(golden.getFirst());
    List<String[]> rows =
        golden.stream()
            .filter(line -> line.matches("\\.\\w+ 0x.*"))
            .map(l -> l.split(" ", -1))
            .toList();
    PeImage stub = stub(fields, rows.subList(0, STUB_SECTIONS));

    Extents image =
        PeLayout.append(stub, appended(rows.subList(STUB_SECTIONS, rows.size())), EPOCH).encode();

    PeImage made = PeImage.read(image);
    assertThat(made.sections().stream().map(GoldenHeadersTest::row))
        .containsExactlyElementsOf(
            rows.stream().map(row -> String.join(" ", List.of(row).subList(0, 6))).toList());
    assertThat(fields(facts(image.length(), made))).isEqualTo(fields);
  }

  private static PeImage stub(Map<String, String> fields, List<String[]> rows) throws IOException {
    List<Stubs.Section> sections = new ArrayList<>();
    for (String[] row : rows) {
      sections.add(
          new Stubs.Section(
              row[0], Long.decode(row[1]), Long.parseLong(row[2]), Long.decode(row[5])));
    }
    return PeImage.read(
        Stubs.of(number(fields, "machine").intValue(), number(fields, "entry"), sections));
  }

  private static List<PeSection> appended(List<String[]> rows) {
    List<PeSection> sections = new ArrayList<>();
    for (String[] row : rows) {
      Blob content = Extents.builder().zeros(Long.parseLong(row[2])).build();
      sections.add(new PeSection(row[0], content));
    }
    return sections;
  }

  private static String row(SectionHeader section) {
    return "%s 0x%x %d 0x%x %d 0x%08x"
        .formatted(
            section.name(),
            section.virtualAddress(),
            section.virtualSize(),
            section.pointerToRawData(),
            section.sizeOfRawData(),
            section.characteristics());
  }

  private static String facts(long length, PeImage image) {
    OptionalHeader optional = image.optional();
    return ("size=%d pe_offset=0x80 machine=0x%x sections=%d timestamp=%d opt_header=%d"
            + " characteristics=0x%x magic=0x20b linker=%d.%d size_of_code=%d"
            + " size_of_initialized_data=%d uninit=%d entry=0x%x section_alignment=%d"
            + " file_alignment=%d size_of_image=%d size_of_headers=%d checksum=0x%x subsystem=%d"
            + " dll_characteristics=0x%x directories=%d")
        .formatted(
            length,
            image.coff().machine(),
            image.coff().numberOfSections(),
            image.coff().timeDateStamp(),
            image.coff().sizeOfOptionalHeader(),
            image.coff().characteristics(),
            optional.majorLinkerVersion(),
            optional.minorLinkerVersion(),
            optional.sizeOfCode(),
            optional.sizeOfInitializedData(),
            optional.sizeOfUninitializedData(),
            optional.addressOfEntryPoint(),
            optional.sectionAlignment(),
            optional.fileAlignment(),
            optional.sizeOfImage(),
            optional.sizeOfHeaders(),
            optional.checkSum(),
            optional.subsystem(),
            optional.dllCharacteristics(),
            optional.dataDirectories().size());
  }

  /// All but the image base, which is the stub's own.
  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0 && !word.startsWith("image_base=")) {
        fields.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return fields;
  }

  private static Long number(Map<String, String> fields, String name) {
    return Long.decode(Objects.requireNonNull(fields.get(name), name));
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = GoldenHeadersTest.class.getResourceAsStream(name + ".txt")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    }
  }
}
