package imageservice.local;

import java.net.URI;
import java.util.Optional;

/// Addresses under which clients reach the service; where one is empty, that of this machine's
/// loopback interface.
///
/// @param external the address for people, with a final slash
/// @param pxe the address for machines that boot over the network, with a final slash
/// @param objectPort where the object store listens; 0 for any port that is free
/// @param objects the host that links to objects are signed for
record Addresses(
    Optional<String> external, Optional<String> pxe, int objectPort, Optional<URI> objects) {
  static final Addresses LOOPBACK =
      new Addresses(Optional.empty(), Optional.empty(), 0, Optional.empty());
}
