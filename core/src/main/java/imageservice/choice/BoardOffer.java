package imageservice.choice;

import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A single-board computer, which boots with an overlay.
///
/// @param name in links to the front page
/// @param title its name for people, which no language translates
/// @param image of the overlay, such as `siderolabs/sbc-raspberrypi`
/// @param since the first version whose overlays have it; empty where all have that have overlays
public record BoardOffer(
    String name, String title, String overlay, String image, Optional<TalosVersion> since) {
  private static final String ANY = "";

  private static final List<BoardOffer> OFFERS = new ArrayList<>();

  static {
    family("siderolabs/sbc-raspberrypi")
        .board("rpi_generic", "Raspberry Pi 4 and older", "rpi_generic", ANY)
        .board("rpi_5", "Raspberry Pi 5", "rpi_5", "1.12.3")
        .board("revpi_generic", "Revolution Pi", "revpi_generic", "1.10.0-beta.0");
    family("siderolabs/sbc-allwinner")
        .board("bananapi_m64", "Banana Pi M64", "bananapi_m64", ANY)
        .board("libretech_all_h3_cc_h5", "Libre Computer ALL-H3-CC", "libretech_all_h3_cc_h5", ANY)
        .board("pine64", "Pine64", "pine64", ANY);
    family("siderolabs/sbc-jetson").board("jetson_nano", "NVIDIA Jetson Nano", "jetson_nano", ANY);
    family("siderolabs/sbc-rockchip")
        .board("nanopi_r4s", "FriendlyElec NanoPi R4S", "nanopi-r4s", "1.3.0")
        .board("nanopi_r5s", "FriendlyElec NanoPi R5S", "nanopi-r5s", "1.8.0-alpha.2")
        .board("orangepi_r1_plus_lts", "Orange Pi R1 Plus LTS", "orangepi-r1-plus-lts", "1.7.0")
        .board("orangepi-5", "Orange Pi 5", "orangepi-5", "1.9.2")
        .board("orangepi-5-plus", "Orange Pi 5 Plus", "orangepi-5-plus", "1.10.0-beta.0")
        .board("orangepi-5-max", "Orange Pi 5 Max", "orangepi-5-max", ANY)
        .board("rock64", "Pine64 Rock64", "rock64", ANY)
        .board("rockpro64", "Pine64 RockPro64", "rockpro64", "1.10.0-beta.0")
        .board("rock3b", "Radxa ROCK 3B", "rock3b", ANY)
        .board("rockpi_4", "Radxa ROCK Pi 4", "rockpi4", ANY)
        .board("rockpi_4c", "Radxa ROCK Pi 4C", "rockpi4c", ANY)
        .board("rock4cplus", "Radxa ROCK 4C+", "rock4cplus", "1.7.0")
        .board("rock4se", "Radxa ROCK 4 SE", "rock4se", "1.8.0-alpha.1")
        .board("rock5a", "Radxa ROCK 5A", "rock5a", "1.10.0-beta.0")
        .board("rock5b", "Radxa ROCK 5B", "rock5b", "1.9.2")
        .board("rock5b-plus", "Radxa ROCK 5B+", "rock5b-plus", "1.13.0-alpha.1")
        .board("rock5t", "Radxa ROCK 5T", "rock5t", "1.12.0-beta.0")
        .board("radxa-zero-3e", "Radxa ZERO 3E", "radxa-zero-3e", ANY)
        .board("helios64", "Kobol Helios64", "helios64", "1.8.0-alpha.2")
        .board("turingrk1", "Turing RK1", "turingrk1", "1.9.0-beta.0")
        .board("odroid-m1", "Hardkernel ODROID-M1", "odroid-m1", ANY)
        .board(
            "friendlyelec-cm3588-nas", "FriendlyElec CM3588 NAS", "friendlyelec-cm3588-nas", ANY);
  }

  /// Those that a version may have; its catalogue of overlays says which it has.
  public static List<BoardOffer> in(TalosVersion version) {
    return Capability.OVERLAYS.in(version)
        ? OFFERS.stream().filter(offer -> offer.isIn(version)).toList()
        : List.of();
  }

  private boolean isIn(TalosVersion version) {
    return since.filter(first -> version.compareTo(first) < 0).isEmpty();
  }

  private static Family family(String image) {
    return new Family(image);
  }

  /// The boards of one image of overlays.
  private record Family(String image) {
    Family board(String name, String title, String overlay, String since) {
      OFFERS.add(new BoardOffer(name, title, overlay, image, TalosVersion.parse(since)));
      return this;
    }
  }
}
