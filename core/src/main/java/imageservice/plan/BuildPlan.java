package imageservice.plan;

import java.util.List;

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
      return List.of(content.base());
    }
  }

  /// An ISO with GRUB for BIOS and UEFI.
  ///
  /// @param resetEntry whether the menu offers to wipe the installation
  record GrubIso(
      VolumeLabel label,
      Input.ImageFile kernel,
      InitramfsContent initramfs,
      String commandLine,
      boolean resetEntry,
      Input.GrubKit kit)
      implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.GRUB_ISO;
    }

    @Override
    public List<Input> inputs() {
      return List.of(kernel, initramfs.base(), kit);
    }
  }
}
