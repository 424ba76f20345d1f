package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.Optional;

/// Which contents the store has as objects of their own.
interface Origins {
  /// The object with this content, which is there when this returns; none where the content is not
  /// worth one.
  Optional<Origin> of(Blob content) throws IOException;

  /// An object of {@link PartPlan#COPIED} zero bytes, which is there when this returns; none where
  /// the store has none.
  Optional<Origin> zeros() throws IOException;

  /// Notes that an object that was named is gone.
  void gone();

  static Origins none() {
    return new Origins() {
      @Override
      public Optional<Origin> of(Blob content) {
        return Optional.empty();
      }

      @Override
      public Optional<Origin> zeros() {
        return Optional.empty();
      }

      @Override
      public void gone() {}
    };
  }
}
