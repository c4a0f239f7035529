//! The documentation page of the options is what the catalogue says.

use switchover::options;

use crate::bless::differs;

#[test]
fn the_page_is_in_step_with_the_catalogue() {
    assert_eq!(differs("docs/options.md", &options::page()), None);
}

#[test]
fn json_lists_every_option_with_the_same_keys() {
    let list = options::list_json();
    let objects = list.as_array().expect("an array");
    assert_eq!(objects.len(), options::all().count());
    for object in objects {
        assert_eq!(object.as_object().map(serde_json::Map::len), Some(14), "{object}");
    }
}
