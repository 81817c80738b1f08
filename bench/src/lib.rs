//! What the benchmarks share: inputs, contestants and the floor.

pub mod contestants;
pub mod floor;
pub mod inputs;
pub mod lookup;
pub mod mail_log;
pub mod measure;
