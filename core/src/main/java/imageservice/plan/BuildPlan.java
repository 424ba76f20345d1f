package imageservice.plan;

import java.util.List;
import java.util.stream.Stream;

/// The complete order for one asset: everything its bytes depend on, and nothing else. Source
/// material is named by digest alone, so equal plans give equal bytes wherever and whenever they
/// are carried out.
public sealed interface BuildPlan {
  Recipe recipe();

  /// What must be fetched.
  List<Input> inputs();

  /// The kernel as it is.
  record Kernel(Input.ImageFile kernel) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.KERNEL;
    }

    @Override
    public List<Input> inputs() {
      return List.of(kernel);
    }
  }

  /// The text of a kernel command line.
  record Cmdline(String text) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.CMDLINE;
    }

    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }

  record Initramfs(InitramfsContent content) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.INITRAMFS;
    }

    @Override
    public List<Input> inputs() {
      return content.inputs();
    }
  }

  /// An ISO with GRUB for BIOS and UEFI.
  ///
  /// @param resetEntry whether the menu offers to wipe the installation
  record GrubIso(
      VolumeLabel label,
      Input.ImageFile kernel,
      InitramfsContent initramfs,
      PlannedCommandLine commandLine,
      boolean resetEntry,
      Input.GrubKit kit)
      implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.GRUB_ISO;
    }

    @Override
    public List<Input> inputs() {
      return joined(
          joined(initramfs.inputs(), kernel, kit), commandLine.inputs().toArray(Input[]::new));
    }
  }

  /// A unified kernel image.
  record Uki(UkiContent content) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.UKI;
    }

    @Override
    public List<Input> inputs() {
      return content.inputs();
    }
  }

  /// An ISO for UEFI alone: systemd-boot and a unified kernel image.
  record SystemdBootIso(VolumeLabel label, UkiContent uki, Input.ImageFile systemdBoot)
      implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.SYSTEMD_BOOT_ISO;
    }

    @Override
    public List<Input> inputs() {
      return joined(uki.inputs(), systemdBoot);
    }
  }

  /// An ISO with GRUB for BIOS and systemd-boot for UEFI. Kernel, initramfs and command line of
  /// both are those of the unified kernel image.
  ///
  /// @param resetEntry whether GRUB's menu offers to wipe the installation
  record HybridIso(
      VolumeLabel label,
      UkiContent uki,
      Input.ImageFile systemdBoot,
      boolean resetEntry,
      Input.GrubKit kit)
      implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.HYBRID_ISO;
    }

    @Override
    public List<Input> inputs() {
      return joined(uki.inputs(), systemdBoot, kit);
    }
  }

  /// One of the talosctl binaries, as it is.
  record Talosctl(Input.ImageFile file) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.TALOSCTL;
    }

    @Override
    public List<Input> inputs() {
      return List.of(file);
    }
  }

  private static List<Input> joined(List<Input> inputs, Input... more) {
    return Stream.concat(inputs.stream(), Stream.of(more)).distinct().toList();
  }
}
