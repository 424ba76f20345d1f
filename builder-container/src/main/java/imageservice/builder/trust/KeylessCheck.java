package imageservice.builder.trust;

import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.time.Instant;
import java.util.List;

/// Checks signatures by certificates that lived for minutes: who had one, and that it signed while
/// it lived. A log, or an authority for timestamps, says when that was.
final class KeylessCheck {
  private final Policy.Keyless policy;
  private final TrustedRoot root;

  KeylessCheck(Policy.Keyless policy, TrustedRoot root) {
    this.policy = policy;
    this.root = root;
  }

  Identity bundle(Bundle bundle, Digest image) throws UntrustedException, MalformedJsonException {
    Certificate leaf = bundle.certificate();
    Identity identity = identity(leaf);
    Envelope envelope = bundle.envelope();
    envelope.require(leaf.key());
    Statement.require(envelope.payload(), image);
    LogEntry entry = bundle.entry();
    LogBody body = LogBody.read(entry.content());
    switch (body.kind()) {
      case LogBody.ENVELOPE -> {
        body.require(envelope.payload().sha256(), envelope.signature(), leaf);
        TransparencyLog log = timed(entry, leaf);
        requireIncluded(entry, log);
      }
      case LogBody.UNTIMED -> {
        body.require(envelope.signed().sha256(), envelope.signature(), leaf);
        requireStamped(entry, bundle.timestamps(), envelope.signature(), leaf);
      }
      default -> throw new UntrustedException("a log entry of another kind than the bundle's");
    }
    return identity;
  }

  Identity simple(Bytes payload, Annotations annotations, Digest image)
      throws UntrustedException, MalformedJsonException {
    Certificate leaf = annotations.certificate();
    Identity identity = identity(leaf);
    SimpleSigningPayload.require(payload, image);
    Bytes signature = annotations.signature();
    Keys.require(leaf.key(), payload, signature, "the payload");
    LogEntry entry = annotations.entry();
    LogBody body = LogBody.read(entry.content());
    if (!body.kind().equals(LogBody.PLAIN)) {
      throw new UntrustedException("a log entry of another kind than the payload's");
    }
    body.require(payload.sha256(), signature, leaf);
    timed(entry, leaf);
    return identity;
  }

  /// Who the certificate was issued to, if the policy expects them.
  Identity identity(Certificate leaf) throws UntrustedException {
    Certificate issuer = ChainCheck.issuer(leaf, root);
    CertificateTimestamps.require(leaf, issuer, root);
    Identity identity = Identity.of(leaf);
    if (!policy.issuer().matches(identity.issuer())) {
      throw new UntrustedException("the signer is %s, of another issuer".formatted(identity));
    }
    if (!policy.subject().matches(identity.subject())) {
      throw new UntrustedException("the signer is %s, another subject".formatted(identity));
    }
    return identity;
  }

  /// The log that says when it took the entry in, which is while the certificate lived.
  TransparencyLog timed(LogEntry entry, Certificate leaf) throws UntrustedException {
    Instant time = entry.time();
    requireAlive(leaf, time);
    TransparencyLog log = log(entry, time);
    EntryTimestamp.require(entry, log);
    return log;
  }

  static void requireIncluded(LogEntry entry, TransparencyLog log) throws UntrustedException {
    InclusionProof proof = entry.proof();
    if (proof == null) {
      throw new UntrustedException("no proof that the entry is in the log");
    }
    proof.require(entry.content());
    Checkpoint.require(proof, log);
  }

  /// Version 2 of Rekor says no times: every timestamp must do.
  private void requireStamped(
      LogEntry entry, List<Bytes> timestamps, Bytes signature, Certificate leaf)
      throws UntrustedException {
    for (Bytes timestamp : timestamps) {
      Instant time = SignedTimestamp.time(timestamp, signature, root);
      requireAlive(leaf, time);
      requireIncluded(entry, log(entry, time));
    }
  }

  private static void requireAlive(Certificate leaf, Instant time) throws UntrustedException {
    if (!leaf.lifetime().contains(time)) {
      throw new UntrustedException(
          "signed at %s, when the certificate was not valid".formatted(time));
    }
  }

  private TransparencyLog log(LogEntry entry, Instant time) throws UntrustedException {
    List<TransparencyLog> logs = root.logs(entry.logId(), time);
    if (logs.isEmpty()) {
      throw new UntrustedException("no log of the trusted root has the entry");
    }
    return logs.getFirst();
  }
}
