/// Platform configuration registers of a TPM 2.0 and what they will hold: extending (TPM 2.0
/// Library, part 1, 11.4.8, "Extend of a PCR"), the policy that binds to a register's value (part
/// 3, `TPM2_PolicyPCR`), and what systemd-stub measures of the sections of a unified kernel image
/// (UAPI.5, "PCR 11", as systemd-measure(1) predicts).
///
/// Supported: the banks SHA-256, SHA-384 and SHA-512. Contents are streamed once for all banks.
///
/// Not supported: talking to a TPM, event logs, policies over more than one register.
@NullMarked
package imageservice.formats.tpm;

import org.jspecify.annotations.NullMarked;
