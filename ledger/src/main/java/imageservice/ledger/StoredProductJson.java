package imageservice.ledger;

import imageservice.asset.AttachmentTag;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// A {@link StoredProduct} as fields of a JSON object. A product without contents, attachments or
/// admissions has no field for them.
final class StoredProductJson {
  private static final String CONTENTS = "contents";
  private static final String ATTACHMENTS = "attachments";
  private static final String MEASUREMENTS = "measurements";
  private static final String ADMISSIONS = "admissions";

  private StoredProductJson() {}

  static JsonText write(JsonText json, StoredProduct product) {
    write(json, product.asset()).put(MEASUREMENTS, MeasurementJson.write(product.measurements()));
    if (!product.contents().isEmpty()) {
      json.put(
          CONTENTS,
          product.contents().stream().map(content -> write(JsonText.object(), content)).toList());
    }
    if (!product.attachments().isEmpty()) {
      json.put(ATTACHMENTS, product.attachments().stream().map(StoredProductJson::write).toList());
    }
    if (!product.admissions().isEmpty()) {
      json.put(ADMISSIONS, product.admissions().stream().map(StoredProductJson::write).toList());
    }
    return json;
  }

  static StoredProduct read(JsonFields fields) throws MalformedJsonException {
    List<StoredObject> contents = new ArrayList<>();
    if (fields.has(CONTENTS)) {
      for (JsonFields content : fields.objects(CONTENTS)) {
        contents.add(object(content));
      }
    }
    List<StoredAttachment> attachments = new ArrayList<>();
    for (JsonFields attachment : fields.optionalObjects(ATTACHMENTS)) {
      attachments.add(attachment(attachment));
    }
    List<InputAdmission> admissions = new ArrayList<>();
    for (JsonFields admission : fields.optionalObjects(ADMISSIONS)) {
      admissions.add(new InputAdmission(admission.text("policy"), admission.texts("images")));
    }
    return new StoredProduct(
        object(fields),
        contents,
        attachments,
        MeasurementJson.read(fields, MEASUREMENTS),
        admissions);
  }

  private static JsonText write(InputAdmission admission) {
    return JsonText.object().put("policy", admission.policy()).put("images", admission.images());
  }

  private static JsonText write(StoredAttachment attachment) {
    return write(JsonText.object().put("tag", attachment.tag().toString()), attachment.object());
  }

  private static StoredAttachment attachment(JsonFields fields) throws MalformedJsonException {
    String tag = fields.text("tag");
    return new StoredAttachment(
        AttachmentTag.parse(tag)
            .orElseThrow(() -> new MalformedJsonException("tag: of no attachment: " + tag)),
        object(fields));
  }

  private static JsonText write(JsonText json, StoredObject object) {
    return json.put("size", object.size())
        .put("sha256", object.digest().hex())
        .putIfPresent("sha512", object.sha512());
  }

  private static StoredObject object(JsonFields fields) throws MalformedJsonException {
    try {
      return new StoredObject(
          fields.number("size"),
          RecordFields.sha256(fields, "sha256"),
          fields.optionalText("sha512"));
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("sha512: " + e.getMessage());
    }
  }
}
