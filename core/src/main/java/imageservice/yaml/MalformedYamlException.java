package imageservice.yaml;

/// Text that is not the YAML that is read here; says where and why, in one line.
public final class MalformedYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedYamlException(String reason) {
    super(reason);
  }
}
