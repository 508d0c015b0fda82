//! Linear models over hashed features: they rank speakers and tell quotes from scare quotes.

/// Number of weights, a power of two.
pub const SIZE: usize = 1 << 18;

/// A linear model: one weight a hashed feature.
#[derive(Clone, Debug)]
pub struct Linear {
    /// In units of [`UNIT`]: half the room of floating-point numbers, as every look-up of one waits for memory.
    weights: Vec<i16>,
}

/// Weights are 16-bit integers of this unit.
const UNIT: f32 = 1.0 / 512.0;

impl Linear {
    /// A model whose weights are all zero.
    pub fn zero() -> Self {
        Self { weights: vec![0; SIZE] }
    }

    /// A model of `weights`, one for each feature below [`SIZE`], each rounded to what is stored of it.
    ///
    /// # Panics
    /// If there are not [`SIZE`] of them.
    pub fn new(weights: &[f32]) -> Self {
        assert_eq!(weights.len(), SIZE, "one weight a feature");
        let stored = |weight: &f32| (weight / UNIT).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
        Self { weights: weights.iter().map(stored).collect() }
    }

    /// Sum of the weights of `features`.
    pub fn score(&self, features: &[u32]) -> f32 {
        let sum: i32 = features.iter().map(|&feature| i32::from(self.weights[feature as usize % SIZE])).sum();
        sum as f32 * UNIT
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` where `bytes` is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut weights = vec![0; SIZE];
        let mut bytes = bytes.iter().copied();
        let mut feature = 0;
        while let Some(first) = bytes.next() {
            // The distance to the weight before, in seven bits a byte, the lowest first.
            let (mut gap, mut byte, mut shift) = (usize::from(first & 0x7f), first, 7);
            while byte & 0x80 != 0 && shift < 28 {
                byte = bytes.next()?;
                gap |= usize::from(byte & 0x7f) << shift;
                shift += 7;
            }
            feature += gap;
            *weights.get_mut(feature)? = i16::from_le_bytes([bytes.next()?, bytes.next()?]);
        }
        Some(Self { weights })
    }

    /// The weights that are not zero, in order: each as its distance to the one before and as a 16-bit value.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut last = 0;
        for (feature, &value) in self.weights.iter().enumerate() {
            if value == 0 {
                continue;
            }
            let mut gap = feature - last;
            while gap >= 0x80 {
                bytes.push(gap as u8 | 0x80);
                gap >>= 7;
            }
            bytes.push(gap as u8);
            bytes.extend(value.to_le_bytes());
            last = feature;
        }
        bytes
    }
}

/// Hashes the feature `value` of `template` into the model's range.
pub fn feature(template: u32, value: u64) -> u32 {
    let mixed = (value ^ (u64::from(template) << 48)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 32) as u32 % SIZE as u32
}

/// An averaged perceptron in training (Freund and Schapire 1999; averaged as in Daumé 2006).
#[cfg(feature = "train")]
#[derive(Clone, Debug)]
pub struct Perceptron {
    weights: Vec<f32>,
    sums: Vec<f32>,
    step: f32,
}

#[cfg(feature = "train")]
impl Default for Perceptron {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "train")]
impl Perceptron {
    /// All weights zero.
    pub fn new() -> Self {
        Self { weights: vec![0.0; SIZE], sums: vec![0.0; SIZE], step: 1.0 }
    }

    /// Score under the weights of this moment.
    pub fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&feature| self.weights[feature as usize]).sum()
    }

    /// Adds `change` to the weight of each of `features`.
    pub fn update(&mut self, features: &[u32], change: f32) {
        for &feature in features {
            self.weights[feature as usize] += change;
            self.sums[feature as usize] += change * self.step;
        }
    }

    /// Ends one example.
    pub fn tick(&mut self) {
        self.step += 1.0;
    }

    /// The averaged weights.
    pub fn average(&self) -> Linear {
        let pairs = self.weights.iter().zip(&self.sums);
        Linear::new(&pairs.map(|(weight, sum)| weight - sum / self.step).collect::<Vec<_>>())
    }
}
