package imageservice.plan;

import imageservice.asset.Compression;
import imageservice.asset.DiskFormat;
import imageservice.configuration.MetaValue;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// What the plan of a disk image has besides what boots it, as fields of {@link BuildPlanJson}.
final class DiskJson {
  private DiskJson() {}

  static JsonText put(JsonText json, BuildPlan.Disk disk) {
    return json.put("disk", shape(disk.shape()))
        .put("firmware", FirmwareJson.json(disk.firmware()))
        .put("meta", disk.meta().values().stream().map(DiskJson::value).toList())
        .put("format", disk.format().name())
        .put("compression", disk.compression().name());
  }

  private static JsonText shape(DiskShape shape) {
    return JsonText.object()
        .put("architecture", shape.architecture().name())
        .put("mib", shape.mib())
        .put("sectorSize", shape.sectorSize())
        .put("bootMib", shape.bootMib())
        .put("dataPartitions", shape.dataPartitions());
  }

  private static JsonText value(MetaValue value) {
    return JsonText.object().put("key", value.key()).put("value", value.value());
  }

  static BuildPlan.Disk read(JsonFields fields, Boot boot) throws MalformedJsonException {
    List<MetaValue> values = new ArrayList<>();
    for (JsonFields value : fields.objects("meta")) {
      values.add(value(value));
    }
    return new BuildPlan.Disk(
        shape(fields.object("disk")),
        boot,
        FirmwareJson.read(fields.object("firmware")),
        new MetaContent(values),
        PartsJson.constant("format", DiskFormat.values(), fields.text("format")),
        PartsJson.constant("compression", Compression.values(), fields.text("compression")));
  }

  private static DiskShape shape(JsonFields fields) throws MalformedJsonException {
    DiskShape shape =
        new DiskShape(
            PartsJson.architecture(fields.text("architecture")),
            fields.integer("mib"),
            fields.integer("sectorSize"),
            fields.integer("bootMib"),
            fields.flag("dataPartitions"));
    fields.end();
    return shape;
  }

  private static MetaValue value(JsonFields fields) throws MalformedJsonException {
    MetaValue value = new MetaValue(fields.integer("key"), fields.text("value"));
    fields.end();
    return value;
  }
}
