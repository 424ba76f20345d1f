package imageservice.ledger;

import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Images that were admitted, each under the policy that admitted it. What a policy admits once, it
/// admits for ever; refusals are not written down.
public final class Admissions {
  private static final String KEY = "admitted#";

  private final ItemTable table;

  public Admissions(ItemTable table) {
    this.table = table;
  }

  /// @param policy all that decides, as a text
  public boolean contain(Digest image, String policy) throws IOException {
    Optional<Item> item = table.find(key(image, policy));
    return item.isPresent() && item.get().text().equals(policy);
  }

  public void add(Digest image, String policy) throws IOException {
    boolean added = table.create(key(image, policy), policy);
    if (!added && !contain(image, policy)) {
      throw new IOException("the admission of " + image + " was changed in the table");
    }
  }

  private static String key(Digest image, String policy) {
    return KEY + image.hex() + "#" + Digest.of(policy.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
