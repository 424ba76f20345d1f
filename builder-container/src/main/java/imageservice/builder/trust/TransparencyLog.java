package imageservice.builder.trust;

import java.security.PublicKey;

/// A log of signatures or of certificates.
///
/// @param host of its address; empty where the trusted root does not say
/// @param id as entries name it
/// @param valid when it may have written what it signed
record TransparencyLog(String host, Bytes id, PublicKey key, Period valid) {}
