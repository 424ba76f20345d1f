package imageservice.builder.index;

import imageservice.builder.yaml.YamlValue;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The catalogue of extensions: root files of the image `extensions`.
///
/// @param extensions in the order of the file
/// @param passedOver names of other organisations, whose images are not below the source's prefix
record ExtensionCatalogue(List<CatalogueExtension> extensions, List<String> passedOver) {
  /// Bytes that a file of a catalogue may have.
  static final int LIMIT = CatalogueText.LIMIT;

  /// One reference with its digest a line.
  static final String LINES = "image-digests";

  /// Author and description by line; older releases have none.
  static final String DESCRIPTIONS = "descriptions.yaml";

  ExtensionCatalogue {
    extensions = List.copyOf(extensions);
    passedOver = List.copyOf(passedOver);
  }

  /// @param placement where images are fetched from
  static ExtensionCatalogue parse(byte[] lines, Optional<byte[]> descriptions, Placement placement)
      throws MalformedCatalogueException {
    Map<String, Description> described =
        descriptions.isEmpty() ? Map.of() : descriptions(descriptions.get());
    List<CatalogueExtension> extensions = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    List<String> all = text(lines).lines().map(String::strip).toList();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i);
      if (line.contains("@")) {
        TaggedReference reference = reference(line, i + 1);
        Digest digest = digest(line, i + 1);
        Description description = described.getOrDefault(line, Description.NONE);
        Optional<Placement.Place> place = placement.of(reference);
        if (place.isPresent()) {
          extensions.add(
              new CatalogueExtension(
                  reference.name(),
                  place.get().ref(),
                  digest,
                  description.author(),
                  description.description(),
                  place.get().repository()));
        } else {
          passedOver.add(reference.name());
        }
      }
    }
    return new ExtensionCatalogue(extensions, passedOver);
  }

  private record Description(String author, String description) {
    static final Description NONE = new Description("", "");
  }

  private static String text(byte[] lines) throws MalformedCatalogueException {
    if (lines.length > CatalogueText.LIMIT) {
      throw new MalformedCatalogueException(
          LINES, "%d bytes, at most %d".formatted(lines.length, CatalogueText.LIMIT));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(lines)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedCatalogueException(LINES, "not UTF-8");
    }
  }

  private static TaggedReference reference(String line, int number)
      throws MalformedCatalogueException {
    String text = line.substring(0, line.indexOf('@'));
    return TaggedReference.parse(text)
        .orElseThrow(() ->
            new MalformedCatalogueException(
                LINES,
                number,
                "not an image's reference with a tag: " + CatalogueText.shown(text)));
  }

  private static Digest digest(String line, int number) throws MalformedCatalogueException {
    String text = line.substring(line.indexOf('@') + 1);
    return Digest.parse(text)
        .orElseThrow(() ->
            new MalformedCatalogueException(
                LINES, number, "not a digest: " + CatalogueText.shown(text)));
  }

  private static Map<String, Description> descriptions(byte[] content)
      throws MalformedCatalogueException {
    Optional<YamlValue> document = CatalogueText.yaml(DESCRIPTIONS, content);
    Map<String, Description> descriptions = new HashMap<>();
    if (document.isPresent()) {
      for (YamlValue.Field field :
          CatalogueText.fields(DESCRIPTIONS, "the document", document.get())) {
        descriptions.put(field.key(), description(field));
      }
    }
    return descriptions;
  }

  private static Description description(YamlValue.Field field) throws MalformedCatalogueException {
    String line = CatalogueText.shown(field.key());
    List<YamlValue.Field> fields = CatalogueText.fields(DESCRIPTIONS, line, field.value());
    return new Description(
        CatalogueText.text(DESCRIPTIONS, line, fields, "author"),
        CatalogueText.text(DESCRIPTIONS, line, fields, "description"));
  }
}
