package imageservice.local;

import java.util.Optional;

/// Addresses under which clients reach the service, each with a final slash; where one is empty,
/// the one that the service listens on.
///
/// @param external the address for people
/// @param pxe the address for machines that boot over the network
/// @param objects the address in links to objects
record Addresses(Optional<String> external, Optional<String> pxe, Optional<String> objects) {
  static final Addresses OWN = new Addresses(Optional.empty(), Optional.empty(), Optional.empty());

  /// The address in links to objects: where no other is given, the external one, or that of the
  /// machines.
  String objectsOr(String own) {
    return objects.or(this::external).or(this::pxe).orElse(own);
  }
}
