package imageservice.local;

import java.util.Optional;

/// Addresses under which clients reach the service, each with a final slash; where one is empty,
/// that of this machine's loopback interface.
///
/// @param external the address for people
/// @param pxe the address for machines that boot over the network
/// @param objects the address in links to objects
record Addresses(Optional<String> external, Optional<String> pxe, Optional<String> objects) {
  static final Addresses LOOPBACK =
      new Addresses(Optional.empty(), Optional.empty(), Optional.empty());

  /// The address in links to objects: where no other is given, the external one, or that of the
  /// machines.
  String objectsOr(String loopback) {
    return objects.or(this::external).or(this::pxe).orElse(loopback);
  }
}
