package imageservice.plan;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GenerationsTest {
  private final Map<AssetKind, String> now = generations(PlanRequests.URL, Recipe::changes);

  /// Objects of a kind lie elsewhere once its line here changes. So a new recipe changes the line
  /// of the kind that it makes, and a raised one those of the kinds that contain its output.
  @Test
  void eachKindHasItsOwn() {
    assertThat(now)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(AssetKind.KERNEL, "gbb64e37e"),
                Map.entry(AssetKind.CMDLINE, "g25b6ee55"),
                Map.entry(AssetKind.INITRAMFS, "g077b4db1"),
                Map.entry(AssetKind.UKI, "g742b492b"),
                Map.entry(AssetKind.ISO, "g6f53cd12"),
                Map.entry(AssetKind.DISK_IMAGE, "g8a41e662"),
                Map.entry(AssetKind.INSTALLER, "ge7ff4cda"),
                Map.entry(AssetKind.INSTALLER_IMAGE, "g5929c148"),
                Map.entry(AssetKind.TALOSCTL, "g9db0d7ab"),
                Map.entry(AssetKind.SOURCE_IMAGE, "g78c41d72"),
                Map.entry(AssetKind.ATTESTATION, "g9e45cb5b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KERNEL | KERNEL",
        "CMDLINE | CMDLINE",
        "INITRAMFS | INITRAMFS UKI ISO DISK_IMAGE INSTALLER INSTALLER_IMAGE",
        "UKI | UKI ISO DISK_IMAGE INSTALLER INSTALLER_IMAGE",
        "GRUB_ISO | ISO",
        "SYSTEMD_BOOT_ISO | ISO",
        "HYBRID_ISO | ISO",
        "GRUB_DISK | DISK_IMAGE",
        "SYSTEMD_BOOT_DISK | DISK_IMAGE",
        "DUAL_BOOT_DISK | DISK_IMAGE",
        "TALOSCTL | TALOSCTL",
        "INSTALLER_ARCHIVE | INSTALLER",
        "INSTALLER_IMAGE | INSTALLER_IMAGE",
        "SOURCE_IMAGE | SOURCE_IMAGE"
      })
  void aRaisedRecipeMovesTheKindsThatContainItsOutput(Recipe raised, String kinds) {
    assertThat(moved(generations(PlanRequests.URL, raising(raised))))
        .isEqualTo(Arrays.stream(kinds.split(" ")).map(AssetKind::valueOf).collect(toSet()));
  }

  /// The first recipe of a kind moves that kind alone, as no generation depends on recipes of other
  /// kinds.
  @ParameterizedTest
  @EnumSource(AssetKind.class)
  void aNewRecipeOfAKindMovesNoOther(AssetKind kind) {
    ToIntFunction<Recipe> others =
        recipe -> isUsedBy(recipe, kind) ? recipe.changes() : recipe.changes() + 1;
    assertThat(generations(PlanRequests.URL, others)).containsEntry(kind, generation(kind));
  }

  @Test
  void onlyWhatNamesTheServiceMovesWithItsAddress() {
    assertThat(moved(generations("https://elsewhere.example/", Recipe::changes)))
        .isEqualTo(
            Set.of(
                AssetKind.INITRAMFS,
                AssetKind.UKI,
                AssetKind.ISO,
                AssetKind.DISK_IMAGE,
                AssetKind.INSTALLER,
                AssetKind.INSTALLER_IMAGE));
  }

  /// Another key's signatures lie elsewhere, and no other asset moves with it.
  @Test
  void onlyWhatIsSignedMovesWithTheKey() {
    SigningKey key =
        SigningKey.parse("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
    SigningKey other =
        SigningKey.parse("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    Map<AssetKind, String> signed =
        generations(PlanRequests.URL, Optional.of(key), Recipe::changes);
    assertThat(moved(signed))
        .containsExactlyInAnyOrder(AssetKind.INSTALLER_IMAGE, AssetKind.ATTESTATION);
    assertThat(generations(PlanRequests.URL, Optional.of(other), Recipe::changes))
        .isNotEqualTo(signed);
  }

  private static boolean isUsedBy(Recipe recipe, AssetKind kind) {
    return Generations.recipes(kind).stream().anyMatch(own -> own.contained().contains(recipe));
  }

  private static ToIntFunction<Recipe> raising(Recipe raised) {
    return recipe -> recipe.changes() + (recipe == raised ? 1 : 0);
  }

  private String generation(AssetKind kind) {
    return new Generations(PlanRequests.URL, Optional.empty()).of(kind);
  }

  private Set<AssetKind> moved(Map<AssetKind, String> other) {
    return Arrays.stream(AssetKind.values())
        .filter(kind -> !generation(kind).equals(other.get(kind)))
        .collect(toSet());
  }

  private static Map<AssetKind, String> generations(String url, ToIntFunction<Recipe> changes) {
    return generations(url, Optional.empty(), changes);
  }

  private static Map<AssetKind, String> generations(
      String url, Optional<SigningKey> key, ToIntFunction<Recipe> changes) {
    Generations generations = new Generations(url, key, changes);
    return Arrays.stream(AssetKind.values()).collect(toMap(kind -> kind, generations::of));
  }
}
