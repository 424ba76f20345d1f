package imageservice.plan;

import imageservice.plan.cmdline.GrubLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What boots an ISO or a disk: boot loaders, and the kernel, initramfs and command line that they
/// start.
public sealed interface Boot {
  /// The kernel that every boot loader here starts.
  Input.ImageFile kernel();

  /// The initramfs that every boot loader here starts.
  InitramfsContent initramfs();

  /// The command line that every boot loader here passes to the kernel.
  PlannedCommandLine commandLine();

  /// The UKI that systemd-boot starts; empty without systemd-boot.
  Optional<UkiContent> uki();

  /// The inputs that the builder fetches, each once.
  List<Input> inputs();

  /// The most bytes that a boot loader adds to the command line: those that GRUB always adds, and
  /// those that an entry of the menu appends.
  ///
  /// @param line the text of the command line
  /// @param reset what GRUB's menu offers, where it does
  default int added(String line, MenuReset reset) {
    return switch (this) {
      case Grub grub -> byGrub(line, grub.resetEntry(), reset);
      case SystemdBoot uefi -> uefi.image().longestAppended();
      case Both both ->
          Math.max(byGrub(line, both.resetEntry(), reset), both.uefi().image().longestAppended());
    };
  }

  private static int byGrub(String line, boolean resetEntry, MenuReset reset) {
    return GrubLine.added(line) + (resetEntry ? reset.appended().length() : 0);
  }

  /// GRUB for BIOS and UEFI.
  ///
  /// @param resetEntry whether the menu offers to wipe the installation
  record Grub(
      Input.ImageFile kernel,
      InitramfsContent initramfs,
      PlannedCommandLine commandLine,
      boolean resetEntry,
      Input.GrubKit kit)
      implements Boot {
    @Override
    public Optional<UkiContent> uki() {
      return Optional.empty();
    }

    @Override
    public List<Input> inputs() {
      return joined(
          joined(initramfs.inputs(), kernel, kit), commandLine.inputs().toArray(Input[]::new));
    }
  }

  /// systemd-boot for UEFI. Who signs the UKI signs it too.
  ///
  /// @param image the UKI that it starts
  /// @param loader the executable of systemd-boot
  /// @param enrolment of the keys, on media for secure boot
  record SystemdBoot(UkiContent image, Input.ImageFile loader, Optional<Enrolment> enrolment)
      implements Boot {
    /// One that enrols no keys.
    public SystemdBoot(UkiContent image, Input.ImageFile loader) {
      this(image, loader, Optional.empty());
    }

    @Override
    public Input.ImageFile kernel() {
      return image.kernel();
    }

    @Override
    public InitramfsContent initramfs() {
      return image.initramfs();
    }

    @Override
    public PlannedCommandLine commandLine() {
      return image.commandLine();
    }

    @Override
    public Optional<UkiContent> uki() {
      return Optional.of(image);
    }

    @Override
    public List<Input> inputs() {
      return joined(image.inputs(), loader);
    }
  }

  /// GRUB for BIOS and systemd-boot for UEFI. GRUB starts the UKI's kernel, initramfs and command
  /// line.
  ///
  /// @param resetEntry whether GRUB's menu offers to wipe the installation
  record Both(SystemdBoot uefi, boolean resetEntry, Input.GrubKit kit) implements Boot {
    @Override
    public Input.ImageFile kernel() {
      return uefi.kernel();
    }

    @Override
    public InitramfsContent initramfs() {
      return uefi.initramfs();
    }

    @Override
    public PlannedCommandLine commandLine() {
      return uefi.commandLine();
    }

    @Override
    public Optional<UkiContent> uki() {
      return uefi.uki();
    }

    @Override
    public List<Input> inputs() {
      return joined(uefi.inputs(), kit);
    }
  }

  private static List<Input> joined(List<Input> inputs, Input... more) {
    return Stream.concat(inputs.stream(), Stream.of(more)).distinct().toList();
  }
}
