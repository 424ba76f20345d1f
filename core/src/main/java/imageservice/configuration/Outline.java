package imageservice.configuration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A configuration as a tree in the order of its canonical text, with all that is empty left out
/// (docs/configuration.md 1.2).
sealed interface Outline {
  record Branch(List<Field> fields) implements Outline {
    public Branch {
      fields = List.copyOf(fields);
    }
  }

  record Series(List<Outline> items) implements Outline {
    public Series {
      items = List.copyOf(items);
    }
  }

  record Leaf(OptionValue.Scalar value) implements Outline {}

  record Field(OptionValue.Scalar key, Outline value) {}

  static Branch of(Configuration configuration) {
    var fields = new ArrayList<Field>();
    addText(fields, "owner", configuration.owner());
    if (!configuration.overlay().isNone()) {
      fields.add(field("overlay", overlay(configuration.overlay())));
    }
    fields.add(field("customization", customization(configuration.customization())));
    return new Branch(fields);
  }

  static Branch of(OptionValue.Mapping options) {
    return new Branch(
        options.entries().entrySet().stream()
            .map(entry -> new Field(entry.getKey(), options(entry.getValue())))
            .toList());
  }

  private static Branch overlay(Overlay overlay) {
    var fields = new ArrayList<Field>();
    fields.add(field("image", text(overlay.image())));
    fields.add(field("name", text(overlay.name())));
    addUnlessEmpty(fields, "options", options(overlay.options()));
    return new Branch(fields);
  }

  private static Branch customization(Customization customization) {
    var fields = new ArrayList<Field>();
    addText(fields, "embeddedMachineConfiguration", customization.embeddedMachineConfiguration());
    addUnlessEmpty(fields, "extraKernelArgs", texts(customization.extraKernelArgs()));
    addUnlessEmpty(
        fields, "meta", new Series(customization.meta().stream().map(Outline::meta).toList()));
    addUnlessEmpty(fields, "systemExtensions", extensions(customization.officialExtensions()));
    Bootloader bootloader = customization.bootloader();
    addText(fields, "bootloader", bootloader == null ? "" : bootloader.toString());
    addUnlessEmpty(fields, "secureboot", secureBoot(customization.secureBoot()));
    addUnlessEmpty(fields, "diskImage", diskImage(customization.diskImage()));
    return new Branch(fields);
  }

  private static Outline meta(MetaValue meta) {
    return new Branch(
        List.of(
            field("key", new Leaf(new OptionValue.Whole(BigInteger.valueOf(meta.key())))),
            field("value", text(meta.value()))));
  }

  private static Branch extensions(List<String> official) {
    var fields = new ArrayList<Field>();
    addUnlessEmpty(fields, "officialExtensions", texts(official));
    return new Branch(fields);
  }

  private static Branch secureBoot(SecureBootOptions options) {
    var fields = new ArrayList<Field>();
    addText(fields, "enrollKeys", options.enrollKeys());
    if (options.includeWellKnownCertificates()) {
      fields.add(field("includeWellKnownCertificates", new Leaf(new OptionValue.Bool(true))));
    }
    return new Branch(fields);
  }

  private static Branch diskImage(DiskImageOptions options) {
    var fields = new ArrayList<Field>();
    if (options.sectorSize() != 0) {
      var size = new OptionValue.Whole(new BigInteger(options.sectorSizeText()));
      fields.add(field("sectorSize", new Leaf(size)));
    }
    return new Branch(fields);
  }

  private static Outline options(OptionValue value) {
    return switch (value) {
      case OptionValue.Scalar scalar -> new Leaf(scalar);
      case OptionValue.Sequence(var items) ->
          new Series(items.stream().map(Outline::options).toList());
      case OptionValue.Mapping mapping -> of(mapping);
    };
  }

  private static Series texts(List<String> texts) {
    return new Series(texts.stream().<Outline>map(Outline::text).toList());
  }

  private static Leaf text(String text) {
    return new Leaf(new OptionValue.Text(text));
  }

  private static Field field(String key, Outline value) {
    return new Field(new OptionValue.Text(key), value);
  }

  private static void addText(List<Field> fields, String key, String text) {
    if (!text.isEmpty()) {
      fields.add(field(key, text(text)));
    }
  }

  private static void addUnlessEmpty(List<Field> fields, String key, Outline value) {
    if (!value.isEmpty()) {
      fields.add(field(key, value));
    }
  }

  /// Whether this is a mapping or list without members.
  default boolean isEmpty() {
    return switch (this) {
      case Branch(var fields) -> fields.isEmpty();
      case Series(var items) -> items.isEmpty();
      case Leaf _ -> false;
    };
  }
}
