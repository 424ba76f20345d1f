package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.AssetKind;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/// The generation of each kind of asset, and with it the addresses of assets. A kind's generation
/// follows from the recipes that make it, and where its assets name the service to machines, from
/// the service's external address: what changes a kind's bytes moves its objects and no others.
public final class Generations {
  private static final int DIGITS = 8;

  private final Map<AssetKind, String> byKind = new EnumMap<>(AssetKind.class);

  /// @param externalUrl the address under which people reach the service
  public Generations(String externalUrl) {
    this(externalUrl, Recipe::changes);
  }

  /// @param changes of each recipe
  Generations(String externalUrl, ToIntFunction<Recipe> changes) {
    for (AssetKind kind : AssetKind.values()) {
      byKind.put(kind, generation(kind, externalUrl, changes));
    }
  }

  public AssetAddress address(Asset asset) {
    return new AssetAddress(of(asset.kind()), asset);
  }

  String of(AssetKind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  /// The recipes that make a kind, in the order of the enum.
  static List<Recipe> recipes(AssetKind kind) {
    return Arrays.stream(Recipe.values()).filter(recipe -> recipe.kind() == kind).toList();
  }

  private static String generation(
      AssetKind kind, String externalUrl, ToIntFunction<Recipe> changes) {
    StringBuilder basis = new StringBuilder(kind.name());
    for (Recipe recipe : recipes(kind)) {
      basis.append('\n').append(recipe.text(changes));
      if (recipe.contained().contains(Recipe.INITRAMFS)) {
        basis.append('\n').append(externalUrl); // the extension `schematic` names it
      }
    }
    return "g"
        + Digest.of(basis.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
