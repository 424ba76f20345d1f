package imageservice.ledger;

/// What a register of a TPM will hold once a machine has booted an asset: predicted when it was
/// built, so that a verifier knows it beforehand.
///
/// @param profile of the unified kernel image, `main`
/// @param phase the boot phases gone through, `enter-initrd:leave-initrd`; empty where only the
///   stub has run
/// @param bank name of the hash algorithm, `sha256`
/// @param pcr number of the register
/// @param value lower-case hex digits
public record Measurement(String profile, String phase, String bank, int pcr, String value) {}
