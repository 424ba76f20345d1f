package imageservice.plan;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetKind;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
                Map.entry(AssetKind.INITRAMFS, "g70ca17b0"),
                Map.entry(AssetKind.UKI, "gf7002be8"),
                Map.entry(AssetKind.ISO, "g3e06fc18"),
                Map.entry(AssetKind.DISK_IMAGE, "gcef1e5ac"),
                Map.entry(AssetKind.INSTALLER, "gbebd7e7b"),
                Map.entry(AssetKind.INSTALLER_IMAGE, "g3d047ebc"),
                Map.entry(AssetKind.TALOSCTL, "g9db0d7ab"),
                Map.entry(AssetKind.SOURCE_IMAGE, "g78c41d72"),
                Map.entry(AssetKind.ATTESTATION, "gc15743fb")));
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
                AssetKind.INSTALLER_IMAGE,
                AssetKind.ATTESTATION));
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

  /// Keys for secure boot move what they sign alone: command lines stay, and so does every asset
  /// that is not for secure boot.
  @Test
  void onlyWhatBootKeysSignMovesWithThem() {
    BootKeys keys = RecordedKeys.KEYS;
    BootKeys given =
        new BootKeys(
            keys.certificate(),
            keys.pcr(),
            Optional.of(
                new EnrolmentFiles<>("a", "b", "c").map(name -> PlanRequests.digest(name))));
    BootKeys turned = new BootKeys(keys.certificate(), keys.certificate().key(), Optional.empty());
    Generations none = signing(Optional.empty());
    Set<String> uki = new HashSet<>();
    for (Generations each :
        List.of(
            none,
            signing(Optional.of(keys)),
            signing(Optional.of(given)),
            signing(Optional.of(turned)))) {
      for (AssetKind kind : AssetKind.values()) {
        assertThat(each.of(kind)).isEqualTo(now.get(kind));
      }
      assertThat(each.signed(AssetKind.CMDLINE)).isEqualTo(now.get(AssetKind.CMDLINE));
      uki.add(each.signed(AssetKind.UKI));
    }
    assertThat(uki).hasSize(4);
    Generations signing = signing(Optional.of(keys));
    assertThat(
            Arrays.stream(AssetKind.values())
                .filter(kind -> !signing.signed(kind).equals(none.signed(kind))))
        .containsExactlyInAnyOrder(
            AssetKind.UKI,
            AssetKind.ISO,
            AssetKind.DISK_IMAGE,
            AssetKind.INSTALLER,
            AssetKind.INSTALLER_IMAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "/image/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/v1.9.5/metal-amd64-secureboot.iso, true",
    "/image/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/v1.9.5/metal-amd64.iso, false",
    "/v2/metal-installer-secureboot/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/manifests/v1.9.5, true",
    "/v2/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/manifests/v1.9.5, false"
  })
  void addressesOfAssetsForSecureBootHaveThatGeneration(String path, boolean forSecureBoot) {
    Generations signing = signing(Optional.of(RecordedKeys.KEYS));
    Asset asset = Asset.ofPath(path).orElseThrow();
    String generation = forSecureBoot ? signing.signed(asset.kind()) : signing.of(asset.kind());
    assertThat(signing.address(asset).generation()).isEqualTo(generation);
    if (asset instanceof Asset.InstallerImage image) {
      AttachmentTag tag =
          new AttachmentTag(PlanRequests.digest("index"), AttachmentTag.Kind.SIGNATURE);
      assertThat(signing.attachment(asset.kind(), image.repository(), tag))
          .isEqualTo(AttachmentAddress.of(signing.address(asset), tag));
    }
  }

  private static Generations signing(Optional<BootKeys> keys) {
    return new Generations(PlanRequests.URL, Optional.empty(), keys);
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
    Generations generations = new Generations(url, key, Optional.empty(), changes);
    return Arrays.stream(AssetKind.values()).collect(toMap(kind -> kind, generations::of));
  }
}
