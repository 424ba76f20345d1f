package imageservice.local;

import imageservice.builder.assemble.GivenEnrolment;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.PemSigner;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A folder with the keys of secure boot, under the names by which the reference has them.
///
/// @param option how the folder was named, for errors
record BootKeyFolder(String option, Path folder) {
  static final String CERTIFICATE = "uki-signing-cert.pem";
  static final String KEY = "uki-signing-key.pem";
  static final String PCR_KEY = "pcr-signing-key.pem";

  BootKeyring read() throws CommandException {
    BootKeyring keys =
        new BootKeyring(
            parsed(CERTIFICATE, SigningCertificate::parse),
            parsed(KEY, PemSigner::forBoot),
            parsed(PCR_KEY, PemSigner::forBoot),
            enrolment());
    try {
      keys.requireOwnCertificate();
      if (keys.given().isPresent()) {
        GivenEnrolment.require(keys.given().get(), keys.certificate());
      }
      return keys;
    } catch (IOException | IllegalArgumentException e) {
      throw failure("", e.getMessage());
    }
  }

  private <T> T parsed(String name, Function<String, T> parser) throws CommandException {
    try {
      return parser.apply(Files.readString(folder.resolve(name)));
    } catch (IOException e) {
      throw failure("", Reason.of(e) + "; " + SigningCertificate.MAKE);
    } catch (IllegalArgumentException e) {
      throw failure("/" + name, e.getMessage());
    }
  }

  /// Files that somebody made elsewhere: all three, or none.
  private Optional<EnrolmentFiles<byte[]>> enrolment() throws CommandException {
    List<String> names = List.of(EnrolmentFiles.PK, EnrolmentFiles.KEK, EnrolmentFiles.DB);
    List<String> there = names.stream().filter(name -> Files.exists(folder.resolve(name))).toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (there.size() < names.size()) {
      List<String> missing = names.stream().filter(name -> !there.contains(name)).toList();
      throw failure(
          "",
          "there is %s, but not %s: put all three there, or none, and they are made"
              .formatted(String.join(" and ", there), String.join(" and ", missing)));
    }
    return Optional.of(
        new EnrolmentFiles<>(bytes(names.get(0)), bytes(names.get(1)), bytes(names.get(2))));
  }

  private byte[] bytes(String name) throws CommandException {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw failure("/" + name, Reason.of(e));
    }
  }

  private CommandException failure(String file, @Nullable String reason) {
    return new CommandException("%s %s%s: %s".formatted(option, folder, file, reason));
  }
}
