//! Reading replies, through the public interface alone.

mod table;
mod told;
