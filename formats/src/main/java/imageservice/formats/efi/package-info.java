/// What firmware keeps about keys: signature databases (UEFI 2.10, 32.4.1, "Signature Database")
/// and the files that write them into the firmware's variables (8.2.2, "Using the
/// EFI_VARIABLE_AUTHENTICATION_2 descriptor").
///
/// {@link imageservice.formats.efi.SignatureList} is a database's entry, {@link
/// imageservice.formats.efi.VariableUpdate} a file such as `db.auth`.
///
/// Supported: lists of X.509 certificates, of one each where they are written; replacing a
/// variable. Who signs an update makes its signature; this room says what is signed.
///
/// Not supported: hashes in databases, `dbx`, appending to a variable.
@NullMarked
package imageservice.formats.efi;

import org.jspecify.annotations.NullMarked;
