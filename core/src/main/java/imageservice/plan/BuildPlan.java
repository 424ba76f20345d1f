package imageservice.plan;

import imageservice.asset.Compression;
import imageservice.asset.DiskFormat;
import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The plan of one asset: everything its bytes depend on, and nothing else. It names inputs by
/// digest alone, so that equal plans give equal bytes on every builder at any time.
public sealed interface BuildPlan {
  Recipe recipe();

  /// The inputs that the builder fetches, each once.
  List<Input> inputs();

  /// The command line that the asset is or carries.
  default Optional<PlannedCommandLine> commandLine() {
    return Optional.empty();
  }

  /// What an overlay's program puts on the disk that the asset is.
  default Optional<OverlayInstallation> installation() {
    return Optional.empty();
  }

  /// The initramfs that the asset is or carries.
  default Optional<InitramfsContent> initramfs() {
    return Optional.empty();
  }

  /// The UKI that the asset is or carries.
  default Optional<UkiContent> uki() {
    return Optional.empty();
  }

  /// The release's kernel, unchanged.
  record Kernel(Input.ImageFile file) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.KERNEL;
    }

    @Override
    public List<Input> inputs() {
      return List.of(file);
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

    @Override
    public Optional<PlannedCommandLine> commandLine() {
      return Optional.of(new PlannedCommandLine.Settled(text));
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

    @Override
    public Optional<InitramfsContent> initramfs() {
      return Optional.of(content);
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

    @Override
    public Optional<PlannedCommandLine> commandLine() {
      return Optional.of(content.commandLine());
    }

    @Override
    public Optional<InitramfsContent> initramfs() {
      return Optional.of(content.initramfs());
    }

    @Override
    public Optional<UkiContent> uki() {
      return Optional.of(content);
    }
  }

  /// What a machine boots from by boot loaders of its own.
  sealed interface Medium extends BuildPlan {
    Boot boot();

    @Override
    default Optional<PlannedCommandLine> commandLine() {
      return Optional.of(boot().commandLine());
    }

    @Override
    default Optional<InitramfsContent> initramfs() {
      return Optional.of(boot().initramfs());
    }

    @Override
    default Optional<UkiContent> uki() {
      return boot().uki();
    }
  }

  /// An ISO that boots from a CD and from a disk.
  record Iso(VolumeLabel label, Boot boot) implements Medium {
    @Override
    public Recipe recipe() {
      return switch (boot) {
        case Boot.Grub ignored -> Recipe.GRUB_ISO;
        case Boot.SystemdBoot ignored -> Recipe.SYSTEMD_BOOT_ISO;
        case Boot.Both ignored -> Recipe.HYBRID_ISO;
      };
    }

    @Override
    public List<Input> inputs() {
      return boot.inputs();
    }
  }

  /// An image of a disk that a machine boots from and that Talos then takes for its installation.
  record Disk(
      DiskShape shape,
      Boot boot,
      Firmware firmware,
      MetaContent meta,
      DiskFormat format,
      Compression compression)
      implements Medium {
    @Override
    public Recipe recipe() {
      return switch (boot) {
        case Boot.Grub ignored -> Recipe.GRUB_DISK;
        case Boot.SystemdBoot ignored -> Recipe.SYSTEMD_BOOT_DISK;
        case Boot.Both ignored -> Recipe.DUAL_BOOT_DISK;
      };
    }

    @Override
    public Optional<OverlayInstallation> installation() {
      return firmware instanceof Firmware.ByProgram byProgram
          ? Optional.of(new OverlayInstallation(byProgram, shape.bytes()))
          : Optional.empty();
    }

    @Override
    public List<Input> inputs() {
      return Stream.concat(boot.inputs().stream(), firmware.inputs().stream()).distinct().toList();
    }
  }

  /// The container image of an installer for one architecture, as the archive that `docker save`
  /// writes.
  ///
  /// @param reference of the image in the archive, such as `siderolabs/installer-base:v1.13.2`
  record InstallerArchive(InstallerContent content, String reference) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.INSTALLER_ARCHIVE;
    }

    @Override
    public List<Input> inputs() {
      return content.inputs();
    }

    @Override
    public Optional<PlannedCommandLine> commandLine() {
      return content.commandLine();
    }

    @Override
    public Optional<InitramfsContent> initramfs() {
      return Optional.of(content.initramfs());
    }

    @Override
    public Optional<UkiContent> uki() {
      return content.uki();
    }
  }

  /// The container image of an installer for several architectures. Its initramfs is that of the
  /// first: the extensions are the same ones for all.
  ///
  /// @param contents at least one, of one architecture each; the image has those whose source
  ///   images have the architecture
  /// @param signing absent where the service signs no images
  record InstallerImage(List<InstallerContent> contents, Optional<Signing> signing)
      implements BuildPlan {
    public InstallerImage {
      contents = List.copyOf(contents);
      if (contents.isEmpty()) {
        throw new IllegalArgumentException("an installer's image for no architecture");
      }
    }

    @Override
    public Recipe recipe() {
      return Recipe.INSTALLER_IMAGE;
    }

    @Override
    public List<Input> inputs() {
      return contents.stream().flatMap(each -> each.inputs().stream()).distinct().toList();
    }

    @Override
    public Optional<InitramfsContent> initramfs() {
      return Optional.of(contents.getFirst().initramfs());
    }
  }

  /// A talosctl binary of the release, unchanged.
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

  /// A statement, signed.
  ///
  /// @param statement an in-toto statement, JSON
  /// @param key the {@link SigningKey}'s id
  record Attestation(String statement, Digest key) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.ATTESTATION;
    }

    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }

  /// An image of the release as its source has it.
  record SourceImage(Input.SourceImage image) implements BuildPlan {
    @Override
    public Recipe recipe() {
      return Recipe.SOURCE_IMAGE;
    }

    @Override
    public List<Input> inputs() {
      return List.of(image);
    }
  }
}
