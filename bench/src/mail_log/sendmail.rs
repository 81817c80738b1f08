use super::{Session, world::World};
pub fn session(world: &mut World) -> Session {
    super::postfix::session(world)
}
