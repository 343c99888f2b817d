from django.urls import path

from compounds.organisation.spreadsheet import web as spreadsheet
from compounds.organisation.upkeep.web import people as people_upkeep
from compounds.organisation.upkeep.web import places, settings
from compounds.organisation.web import appointments, people, phone, tree

urlpatterns = [
    path("tree/", tree.tree, name="tree"),
    path("buildings/<int:number>/", tree.building, name="building"),
    path("households/<int:pk>/", tree.household, name="household"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/phone/", phone.phone, name="person_phone"),
    path("people/<int:pk>/invitation/", appointments.invitation, name="person_invitation"),
    path("posts/new/", appointments.appoint, name="appoint"),
    path("posts/<int:pk>/end/", appointments.end, name="post_end"),
    *settings.urlpatterns,
    *places.urlpatterns,
    *people_upkeep.urlpatterns,
    *spreadsheet.urlpatterns,
]
