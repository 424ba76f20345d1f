package imageservice.builder.assemble;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.linux.BzImage;
import imageservice.formats.pe.PeSection;
import imageservice.plan.UkiContent;
import imageservice.plan.UkiProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sections that make a stub a unified kernel image, in their order in the file: those of the
/// base, then those of each profile, which replace the base's of the same names (UAPI.5,
/// `.profile`).
///
/// @param profiles none where the stub knows no profiles
record UkiSections(List<PeSection> base, List<Profile> profiles) {
  record Profile(String id, List<PeSection> sections) {
    Profile {
      sections = List.copyOf(sections);
    }
  }

  UkiSections {
    base = List.copyOf(base);
    profiles = List.copyOf(profiles);
  }

  /// @param pcrKey of the section `.pcrpkey`, where the image is to be signed
  static UkiSections of(
      UkiContent content, String commandLine, Optional<String> pcrKey, Blob kernel, Blob initramfs)
      throws IOException {
    List<PeSection> base = new ArrayList<>();
    add(base, ".osrel", OsRelease.of(content.version()));
    add(base, ".cmdline", commandLine);
    Optional<String> release = BzImage.release(kernel);
    if (release.isPresent()) {
      add(base, ".uname", release.get());
    }
    base.add(new PeSection(".splash", Blob.of(Splash.bitmap())));
    pcrKey.ifPresent(key -> add(base, ".pcrpkey", key));
    try {
      base.add(new PeSection(".linux", kernel));
      base.add(new PeSection(".initrd", initramfs));
    } catch (IllegalArgumentException e) {
      throw tooLarge(e);
    }
    return new UkiSections(
        base, content.profiles().stream().map(profile -> profile(profile, commandLine)).toList());
  }

  /// @param cause that says what does not fit
  static UnfitInputException tooLarge(IllegalArgumentException cause) {
    return new UnfitInputException(
        "the UKI: kernel, initramfs and extensions are too large for it: " + cause.getMessage());
  }

  /// The sections with one more for each profile, or for the base where there are none.
  ///
  /// @param signatures contents of the sections `.pcrsig`
  UkiSections with(List<String> signatures) {
    if (profiles.isEmpty()) {
      return new UkiSections(extended(base, signatures.getFirst()), profiles);
    }
    List<Profile> signed = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      Profile profile = profiles.get(i);
      signed.add(new Profile(profile.id(), extended(profile.sections(), signatures.get(i))));
    }
    return new UkiSections(base, signed);
  }

  private static List<PeSection> extended(List<PeSection> sections, String signature) {
    List<PeSection> all = new ArrayList<>(sections);
    add(all, ".pcrsig", signature);
    return all;
  }

  /// The sections of base and profiles, in the order of the file.
  List<PeSection> inOrder() {
    List<PeSection> all = new ArrayList<>(base);
    profiles.forEach(profile -> all.addAll(profile.sections()));
    return all;
  }

  private static Profile profile(UkiProfile profile, String commandLine) {
    List<PeSection> sections = new ArrayList<>();
    String title = profile.title().map(text -> "\nTITLE=" + text).orElse("");
    add(sections, ".profile", "ID=" + profile.id() + title);
    profile.appended().ifPresent(appended -> add(sections, ".cmdline", commandLine + appended));
    return new Profile(profile.id(), sections);
  }

  /// Adds a section, unless its text is empty: the stub would not measure it, and it would have the
  /// address of the next section.
  private static void add(List<PeSection> sections, String name, String text) {
    if (!text.isEmpty()) {
      sections.add(new PeSection(name, Blob.of(text)));
    }
  }
}
