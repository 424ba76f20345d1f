package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.AssetKind;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
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
/// to new addresses.
public final class Generations {
  private static final int DIGITS = 8; // hex digits

  private final Map<AssetKind, String> byKind = new EnumMap<>(AssetKind.class);

  /// @param externalUrl the URL under which people reach the service, with a final slash
  /// @param signingKey by which people verify installer images; absent where none are signed
  public Generations(String externalUrl, Optional<SigningKey> signingKey) {
    this(externalUrl, signingKey, Recipe::changes);
  }

  /// @param changes number of changes of each recipe
  Generations(String externalUrl, Optional<SigningKey> signingKey, ToIntFunction<Recipe> changes) {
    for (AssetKind kind : AssetKind.values()) {
      byKind.put(kind, generation(kind, externalUrl, signingKey, changes));
    }
  }

  public AssetAddress address(Asset asset) {
    return new AssetAddress(of(asset.kind()), asset);
  }

  /// Of what belongs to an image.
  ///
  /// @param kind of the image
  /// @param repository in the one spelling under which the image is stored
  public AttachmentAddress attachment(AssetKind kind, String repository, AttachmentTag tag) {
    return new AttachmentAddress(of(kind), repository, tag);
  }

  String of(AssetKind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  /// The recipes that make a kind, in the order of the enum.
  static List<Recipe> recipes(AssetKind kind) {
    return Arrays.stream(Recipe.values()).filter(recipe -> recipe.kind() == kind).toList();
  }

  private static String generation(
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
    if (kind == AssetKind.INSTALLER_IMAGE || kind == AssetKind.ATTESTATION) {
      signingKey.ifPresent(key -> basis.append('\n').append(key.id()));
    }
    return "g"
        + Digest.of(basis.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
