package imageservice.plan;

import java.util.function.Function;

/// The three files by which firmware takes keys, under the names by which systemd-boot looks for
/// them.
///
/// @param pk `PK.auth`
/// @param kek `KEK.auth`
/// @param db `db.auth`
public record EnrolmentFiles<T>(T pk, T kek, T db) {
  public static final String PK = "PK.auth";
  public static final String KEK = "KEK.auth";
  public static final String DB = "db.auth";

  public <R> EnrolmentFiles<R> map(Function<? super T, ? extends R> change) {
    return new EnrolmentFiles<>(change.apply(pk), change.apply(kek), change.apply(db));
  }
}
