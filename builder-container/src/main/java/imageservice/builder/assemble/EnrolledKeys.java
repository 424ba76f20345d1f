package imageservice.builder.assemble;

import imageservice.builder.sign.BootKeyring;
import imageservice.formats.efi.SecureBootVariable;
import imageservice.formats.efi.SignatureList;
import imageservice.formats.efi.VariableUpdate;
import imageservice.formats.struct.Guid;
import imageservice.plan.Boot;
import imageservice.plan.Enrolment;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.Epoch;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a medium for secure boot brings its keys into firmware with: the updates of the variables
/// that systemd-boot writes, and the certificate for menus of firmware.
record EnrolledKeys(
    Enrolment.Mode mode, SigningCertificate certificate, EnrolmentFiles<byte[]> updates) {
  private static final Guid X500 = Guid.parse("6ba7b814-9dad-11d1-80b4-00c04fd430c8");

  private static final Guid MICROSOFT = Guid.parse("77fa9abd-0359-4d32-bd60-28f4e78f784b");

  /// Microsoft's certificates: of KEK, and those by which third parties' loaders, drivers and cards
  /// are verified.
  private static final List<String> WELL_KNOWN_KEK = List.of("kek-ca-2011", "kek-2k-ca-2023");

  private static final List<String> WELL_KNOWN_DB =
      List.of("uefi-ca-2011", "option-rom-uefi-ca-2023", "uefi-ca-2023");

  /// Empty where the boot loader enrols none.
  static Optional<EnrolledKeys> of(Boot.SystemdBoot boot, Tools tools) throws IOException {
    Optional<BootKeyring> keys = BootSigning.of(boot.image(), tools).keys();
    return boot.enrolment().isPresent() && keys.isPresent()
        ? Optional.of(of(boot.enrolment().get(), keys.get()))
        : Optional.empty();
  }

  static EnrolledKeys of(Enrolment enrolment, BootKeyring keys) throws IOException {
    Optional<EnrolmentFiles<byte[]>> given = keys.given();
    return new EnrolledKeys(
        enrolment.mode(),
        keys.certificate(),
        given.isPresent() ? given.get() : made(keys, enrolment.wellKnown()));
  }

  private static EnrolmentFiles<byte[]> made(BootKeyring keys, boolean wellKnown)
      throws IOException {
    return new EnrolmentFiles<>(
        update(SecureBootVariable.PK, List.of(), keys),
        update(SecureBootVariable.KEK, wellKnown ? WELL_KNOWN_KEK : List.of(), keys),
        update(SecureBootVariable.DB, wellKnown ? WELL_KNOWN_DB : List.of(), keys));
  }

  /// @param others certificates besides our own
  private static byte[] update(SecureBootVariable variable, List<String> others, BootKeyring keys)
      throws IOException {
    List<SignatureList> lists = new ArrayList<>(List.of(own(keys.certificate())));
    for (String other : others) {
      lists.add(new SignatureList(MICROSOFT, certificate(other)));
    }
    VariableUpdate update = new VariableUpdate(variable, Epoch.SECONDS, lists);
    return update.file(keys.signUpdate(update.signed()));
  }

  /// The owner is named after the certificate, as the reference has it.
  private static SignatureList own(SigningCertificate certificate) {
    return new SignatureList(
        Guid.ofName(X500, certificate.pem().getBytes(StandardCharsets.US_ASCII)),
        certificate.der());
  }

  private static byte[] certificate(String name) throws IOException {
    String file = "microsoft-" + name + ".der";
    try (InputStream in =
        Objects.requireNonNull(EnrolledKeys.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    }
  }
}
