package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.AssetKind;
import imageservice.asset.AssetName;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import imageservice.asset.InstallerRepository;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The generation of each kind of asset, and with it the addresses of assets. A kind's generation
/// is a digest of the recipes that make the kind, and where its assets contain them, of the
/// external URL and of the key that signs: a change of one kind's bytes moves only its own assets
/// to new addresses. Assets for secure boot have generations of their own, which the keys for that
/// move.
public final class Generations {
  private static final int DIGITS = 8; // hex digits

  private final Map<AssetKind, String> byKind = new EnumMap<>(AssetKind.class);

  /// Of assets for secure boot.
  private final Map<AssetKind, String> signedByKind = new EnumMap<>(AssetKind.class);

  /// Without keys for secure boot.
  public Generations(String externalUrl, Optional<SigningKey> signingKey) {
    this(externalUrl, signingKey, Optional.empty());
  }

  /// @param externalUrl the URL under which people reach the service, with a final slash
  /// @param signingKey by which people verify installer images; absent where none are signed
  /// @param bootKeys that sign assets for secure boot; absent where there are no such assets
  public Generations(
      String externalUrl, Optional<SigningKey> signingKey, Optional<BootKeys> bootKeys) {
    this(externalUrl, signingKey, bootKeys, Recipe::changes);
  }

  /// @param changes number of changes of each recipe
  Generations(
      String externalUrl,
      Optional<SigningKey> signingKey,
      Optional<BootKeys> bootKeys,
      ToIntFunction<Recipe> changes) {
    for (AssetKind kind : AssetKind.values()) {
      String basis = basis(kind, externalUrl, signingKey, changes);
      byKind.put(kind, generation(basis));
      signedByKind.put(
          kind,
          generation(
              basis
                  + bootKeys.filter(ignored -> isSigned(kind)).map(Generations::text).orElse("")));
    }
  }

  public AssetAddress address(Asset asset) {
    return new AssetAddress(
        isForSecureBoot(asset) ? signed(asset.kind()) : of(asset.kind()), asset);
  }

  /// Of what belongs to an image.
  ///
  /// @param kind of the image
  /// @param repository in the one spelling under which the image is stored
  public AttachmentAddress attachment(AssetKind kind, String repository, AttachmentTag tag) {
    boolean forSecureBoot =
        InstallerRepository.parse(repository.replaceFirst("/.*", ""))
            .filter(InstallerRepository::secureBoot)
            .isPresent();
    return new AttachmentAddress(forSecureBoot ? signed(kind) : of(kind), repository, tag);
  }

  private static boolean isForSecureBoot(Asset asset) {
    return switch (asset) {
      case Asset.Configured configured ->
          configured.name() instanceof AssetName.ForTarget named && named.target().secureBoot();
      case Asset.InstallerImage image -> image.secureBoot();
      case Asset.Talosctl ignored -> false;
      case Asset.Attestation ignored -> false;
      case Asset.SourceImage ignored -> false;
    };
  }

  /// Whether assets of the kind have what firmware starts.
  private static boolean isSigned(AssetKind kind) {
    return recipes(kind).stream().anyMatch(recipe -> recipe.contained().contains(Recipe.UKI));
  }

  private static String text(BootKeys keys) {
    String given =
        keys.given()
            .map(files -> "\n" + files.pk() + "\n" + files.kek() + "\n" + files.db())
            .orElse("");
    return "\nsecure boot\n" + keys.certificate().id() + "\n" + keys.pcr().id() + given;
  }

  String of(AssetKind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  /// The generation of a kind's assets for secure boot.
  String signed(AssetKind kind) {
    return Objects.requireNonNull(signedByKind.get(kind));
  }

  /// The recipes that make a kind, in the order of the enum.
  static List<Recipe> recipes(AssetKind kind) {
    return Arrays.stream(Recipe.values()).filter(recipe -> recipe.kind() == kind).toList();
  }

  private static String basis(
      AssetKind kind,
      String externalUrl,
      Optional<SigningKey> signingKey,
      ToIntFunction<Recipe> changes) {
    StringBuilder basis = new StringBuilder(kind.name());
    for (Recipe recipe : recipes(kind)) {
      basis.append('\n').append(recipe.text(changes));
      if (recipe.contained().contains(Recipe.INITRAMFS)) {
        basis.append('\n').append(externalUrl); // the extension `schematic` names it
      }
    }
    if (kind == AssetKind.ATTESTATION) {
      basis.append('\n').append(externalUrl); // statements name it
    }
    if (kind == AssetKind.INSTALLER_IMAGE || kind == AssetKind.ATTESTATION) {
      signingKey.ifPresent(key -> basis.append('\n').append(key.id()));
    }
    return basis.toString();
  }

  private static String generation(String basis) {
    return "g" + Digest.of(basis.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
