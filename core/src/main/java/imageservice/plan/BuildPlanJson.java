package imageservice.plan;

import static imageservice.plan.PartsJson.commandLine;
import static imageservice.plan.PartsJson.digest;
import static imageservice.plan.PartsJson.imageFile;
import static imageservice.plan.PartsJson.initramfs;
import static imageservice.plan.PartsJson.json;
import static imageservice.plan.PartsJson.sourceImage;
import static imageservice.plan.PartsJson.systemdBoot;
import static imageservice.plan.PartsJson.uki;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;

/// A {@link BuildPlan} as canonical JSON, `{"recipe":"grub-iso/1", …}`: the text that the builder
/// reads, and whose SHA-256 is the asset key.
public final class BuildPlanJson {
  private BuildPlanJson() {}

  public static String write(BuildPlan plan) {
    return fields(plan).toString();
  }

  private static JsonText fields(BuildPlan plan) {
    JsonText json = JsonText.object().put("recipe", plan.recipe().toString());
    return switch (plan) {
      case BuildPlan.Kernel kernel -> json.put("kernel", json(kernel.file()));
      case BuildPlan.Cmdline cmdline -> json.put("text", cmdline.text());
      case BuildPlan.Initramfs initramfs -> json.put("initramfs", json(initramfs.content()));
      case BuildPlan.Uki uki -> json.put("uki", json(uki.content()));
      case BuildPlan.Iso iso -> boot(label(json, iso.label()), iso.boot());
      case BuildPlan.Disk disk -> boot(DiskJson.put(json, disk), disk.boot());
      case BuildPlan.Talosctl talosctl -> json.put("file", json(talosctl.file()));
      case BuildPlan.SourceImage source -> json.put("source", json(source.image()));
      case BuildPlan.Attestation attestation ->
          json.put("statement", attestation.statement()).put("key", attestation.key().value());
      case BuildPlan.InstallerArchive archive ->
          json.put("installer", InstallerJson.json(archive.content()))
              .put("reference", archive.reference());
      case BuildPlan.InstallerImage image ->
          InstallerJson.put(
              json.put("installers", image.contents().stream().map(InstallerJson::json).toList()),
              image.signing());
    };
  }

  private static JsonText boot(JsonText json, Boot boot) {
    return switch (boot) {
      case Boot.Grub grub ->
          json.put("kernel", json(grub.kernel()))
              .put("initramfs", json(grub.initramfs()))
              .put("commandLine", json(grub.commandLine()))
              .put("resetEntry", grub.resetEntry())
              .put("grubKit", grub.kit().kit().value());
      case Boot.SystemdBoot uefi -> PartsJson.put(json, uefi);
      case Boot.Both both ->
          boot(json, both.uefi())
              .put("resetEntry", both.resetEntry())
              .put("grubKit", both.kit().kit().value());
    };
  }

  private static JsonText label(JsonText json, VolumeLabel label) {
    return json.put("volumeId", label.volumeId()).put("volumeSetId", label.volumeSetId());
  }

  /// Reads a plan; refuses a recipe of another revision, which this version cannot carry out.
  public static BuildPlan read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    BuildPlan plan = read(recipe(fields.text("recipe")), fields);
    fields.end();
    return plan;
  }

  private static BuildPlan read(Recipe recipe, JsonFields fields) throws MalformedJsonException {
    return switch (recipe) {
      case KERNEL -> new BuildPlan.Kernel(imageFile(fields.object("kernel")));
      case CMDLINE -> new BuildPlan.Cmdline(fields.text("text"));
      case INITRAMFS -> new BuildPlan.Initramfs(initramfs(fields.object("initramfs")));
      case UKI -> new BuildPlan.Uki(uki(fields.object("uki")));
      case GRUB_ISO -> new BuildPlan.Iso(label(fields), grub(fields));
      case SYSTEMD_BOOT_ISO -> new BuildPlan.Iso(label(fields), systemdBoot(fields));
      case HYBRID_ISO -> new BuildPlan.Iso(label(fields), both(fields));
      case GRUB_DISK -> DiskJson.read(fields, grub(fields));
      case SYSTEMD_BOOT_DISK -> DiskJson.read(fields, systemdBoot(fields));
      case DUAL_BOOT_DISK -> DiskJson.read(fields, both(fields));
      case TALOSCTL -> new BuildPlan.Talosctl(imageFile(fields.object("file")));
      case SOURCE_IMAGE -> new BuildPlan.SourceImage(sourceImage(fields.object("source")));
      case ATTESTATION ->
          new BuildPlan.Attestation(fields.text("statement"), digest(fields.text("key")));
      case INSTALLER_ARCHIVE ->
          new BuildPlan.InstallerArchive(
              InstallerJson.read(fields.object("installer")), fields.text("reference"));
      case INSTALLER_IMAGE ->
          new BuildPlan.InstallerImage(
              InstallerJson.readAll(fields.objects("installers")), InstallerJson.signing(fields));
    };
  }

  private static Boot.Grub grub(JsonFields fields) throws MalformedJsonException {
    return new Boot.Grub(
        imageFile(fields.object("kernel")),
        initramfs(fields.object("initramfs")),
        commandLine(fields.object("commandLine")),
        fields.flag("resetEntry"),
        grubKit(fields));
  }

  private static Boot.Both both(JsonFields fields) throws MalformedJsonException {
    return new Boot.Both(systemdBoot(fields), fields.flag("resetEntry"), grubKit(fields));
  }

  private static VolumeLabel label(JsonFields fields) throws MalformedJsonException {
    return new VolumeLabel(fields.text("volumeId"), fields.text("volumeSetId"));
  }

  private static Input.GrubKit grubKit(JsonFields fields) throws MalformedJsonException {
    return new Input.GrubKit(digest(fields.text("grubKit")));
  }

  private static Recipe recipe(String text) throws MalformedJsonException {
    for (Recipe recipe : Recipe.values()) {
      if (recipe.toString().equals(text)) {
        return recipe;
      }
    }
    throw new MalformedJsonException("recipe: this builder does not know " + text);
  }
}
