package imageservice.builder.index;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/// Whatever a catalogue's files hold, only {@link MalformedCatalogueException} escapes.
final class CatalogueFuzzTest {
  @FuzzTest
  void onlyMalformedCatalogueEscapes(byte[] file) {
    try {
      OverlayCatalogue.parse(file, Optional.of("r.example/siderolabs/"));
    } catch (MalformedCatalogueException expected) {
      // The one answer to bytes that are no catalogue.
    }
    try {
      ExtensionCatalogue.parse(
          file, Optional.of(file), Placement.below(Optional.of("r.example/siderolabs/")));
    } catch (MalformedCatalogueException expected) {
      // The same.
    }
  }
}
