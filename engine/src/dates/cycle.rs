//! The names that a year bears: one animal of twelve, one sak of ten.
//!
//! Knows the two cycles and how they are counted, and must never know on which day they turn: that
//! is the New Year's. The invariant: successive years bear successive names, so the pair comes
//! round after sixty years.

/// The animal of a year, from the rat to the pig.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Animal {
    /// ជូត
    Rat,
    /// ឆ្លូវ
    Ox,
    /// ខាល
    Tiger,
    /// ថោះ
    Rabbit,
    /// រោង
    Dragon,
    /// ម្សាញ់
    Snake,
    /// មមី
    Horse,
    /// មមែ
    Goat,
    /// វក
    Monkey,
    /// រកា
    Rooster,
    /// ច
    Dog,
    /// កុរ
    Pig,
}

impl Animal {
    /// The animal of the year that begins at the New Year of the civil year `year`.
    pub fn of_year(year: i32) -> Self {
        // 2020 began a year of the rat.
        match year.rem_euclid(12) {
            4 => Self::Rat,
            5 => Self::Ox,
            6 => Self::Tiger,
            7 => Self::Rabbit,
            8 => Self::Dragon,
            9 => Self::Snake,
            10 => Self::Horse,
            11 => Self::Goat,
            0 => Self::Monkey,
            1 => Self::Rooster,
            2 => Self::Dog,
            _ => Self::Pig,
        }
    }

    /// The Khmer name, without the word ឆ្នាំ before it.
    pub fn khmer(self) -> &'static str {
        match self {
            Self::Rat => "ជូត",
            Self::Ox => "ឆ្លូវ",
            Self::Tiger => "ខាល",
            Self::Rabbit => "ថោះ",
            Self::Dragon => "រោង",
            Self::Snake => "ម្សាញ់",
            Self::Horse => "មមី",
            Self::Goat => "មមែ",
            Self::Monkey => "វក",
            Self::Rooster => "រកា",
            Self::Dog => "ច",
            Self::Pig => "កុរ",
        }
    }
}

/// The sak of a year: the last digit of its number in the Chulasakaraj, the lesser era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sak {
    /// ឯកស័ក, first
    Ek,
    /// ទោស័ក, second
    Tor,
    /// ត្រីស័ក, third
    Trei,
    /// ចត្វាស័ក, fourth
    Chattva,
    /// បញ្ចស័ក, fifth
    Pancha,
    /// ឆស័ក, sixth
    Chha,
    /// សប្តស័ក, seventh
    Sapta,
    /// អដ្ឋស័ក, eighth
    Attha,
    /// នព្វស័ក, ninth
    Nappa,
    /// សំរឹទ្ធិស័ក, tenth
    Samrith,
}

impl Sak {
    /// The sak that begins at the Leungsak of the civil year `year`.
    pub fn of_year(year: i32) -> Self {
        // Year 0 of the Chulasakaraj is 638, so the last digits of 638 and 2018 mark the tenth sak.
        match year.rem_euclid(10) {
            9 => Self::Ek,
            0 => Self::Tor,
            1 => Self::Trei,
            2 => Self::Chattva,
            3 => Self::Pancha,
            4 => Self::Chha,
            5 => Self::Sapta,
            6 => Self::Attha,
            7 => Self::Nappa,
            _ => Self::Samrith,
        }
    }

    /// The Khmer name.
    pub fn khmer(self) -> &'static str {
        match self {
            Self::Ek => "ឯកស័ក",
            Self::Tor => "ទោស័ក",
            Self::Trei => "ត្រីស័ក",
            Self::Chattva => "ចត្វាស័ក",
            Self::Pancha => "បញ្ចស័ក",
            Self::Chha => "ឆស័ក",
            Self::Sapta => "សប្តស័ក",
            Self::Attha => "អដ្ឋស័ក",
            Self::Nappa => "នព្វស័ក",
            Self::Samrith => "សំរឹទ្ធិស័ក",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_animals_come_in_order() {
        let names: Vec<_> = (2020..2032).map(|year| Animal::of_year(year).khmer()).collect();
        assert_eq!(names.join(" "), "ជូត ឆ្លូវ ខាល ថោះ រោង ម្សាញ់ មមី មមែ វក រកា ច កុរ");
    }

    #[test]
    fn the_saks_come_in_order() {
        let names: Vec<_> = (2019..2029).map(|year| Sak::of_year(year).khmer()).collect();
        let expected = "ឯកស័ក ទោស័ក ត្រីស័ក ចត្វាស័ក បញ្ចស័ក ឆស័ក សប្តស័ក អដ្ឋស័ក នព្វស័ក សំរឹទ្ធិស័ក";
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn years_before_our_era_do_not_panic() {
        for year in [i32::MIN, -1, 0, i32::MAX] {
            assert!(!Animal::of_year(year).khmer().is_empty());
            assert!(!Sak::of_year(year).khmer().is_empty());
        }
    }
}
