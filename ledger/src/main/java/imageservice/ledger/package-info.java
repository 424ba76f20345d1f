/// What the request side and the build side share: tables of items that change one at a time and
/// only as expected, and on them the record of each build with its lease, fence and outcome. All
/// decisions about a record are pure functions of the record and the time; adapters only compare
/// and set.
@NullMarked
package imageservice.ledger;

import org.jspecify.annotations.NullMarked;
