/// Planning: a planner turns a configuration and a release into a plan that names its inputs by
/// digest. "The reference" is Sidero's Image Factory, whose assets and texts the plans follow.
@NullMarked
package imageservice.plan;

import org.jspecify.annotations.NullMarked;
