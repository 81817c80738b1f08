//! Reading replies, through the public interface alone.

mod generate;
mod oracle;
mod properties;
mod servers;
mod stream;
mod table;
mod told;
