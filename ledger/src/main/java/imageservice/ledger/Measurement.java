package imageservice.ledger;

/// The value that a TPM's platform configuration register (PCR) will hold once a machine has booted
/// an asset. The builder predicts it, so that a verifier knows it before the boot.
///
/// @param profile id of the UKI's profile, such as `main`
/// @param phase boot phases that systemd has measured, such as `enter-initrd:leave-initrd`; empty
///   where only the stub has run
/// @param bank hash algorithm of the PCR bank, such as `sha256`
/// @param pcr number of the register
/// @param value in lower-case hex digits, as many as the bank's hash has
public record Measurement(String profile, String phase, String bank, int pcr, String value) {}
