from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "compounds.photos"
    label = "photos"
