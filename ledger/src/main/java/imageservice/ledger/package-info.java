/// What the request side and the build side share: tables whose items change one at a time by
/// compare-and-set, and in them the record of each build with its lease, fence and outcome. Pure
/// functions of the record and the time decide every change of a record; adapters only compare and
/// set.
@NullMarked
package imageservice.ledger;

import org.jspecify.annotations.NullMarked;
