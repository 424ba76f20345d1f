/// Verifies signatures of sigstore's: one piece of signature material for one digest under one
/// policy, offline. Whatever is not understood is refused. Supported are bundles of version 0.3
/// with a DSSE envelope and simple signing in annotations, each by a public key or by a short-lived
/// certificate, its entry in a log (`dsse` and `hashedrekord` 0.0.1 with the log's own time,
/// `hashedrekord` 0.0.2 with timestamps of RFC 3161), and a trusted root.
@NullMarked
package imageservice.builder.trust;

import org.jspecify.annotations.NullMarked;
